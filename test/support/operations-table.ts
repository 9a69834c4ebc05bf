import { resources } from '../../nodes/SapConcur/resources';

/** The README's table of what the node can do, in the order of its menus. */
export function describeOperationsTable(): string {
	const rows = resources.flatMap((resource) =>
		resource.operations.map((operation, index) => [
			index === 0 ? resource.name : '',
			operation.name,
			operation.endpoints.map((endpoint) => `\`${endpoint}\``).join('<br>'),
		]),
	);
	return [['Resource', 'Operation', 'Endpoints'], ['-', '-', '-'], ...rows]
		.map((cells) => `| ${cells.join(' | ')} |`)
		.join('\n');
}
