import { object, type JsonObject } from '../json';
import { mix } from '../random';
import type { Scene } from './scene';

/** The root of Travel Request v4 on the fake's home host. */
export function travelRequestRoot(scene: Scene): string {
	return `${scene.hosts.home}/travelrequest/v4`;
}

/**
 * A resource link {href, id, template}. As in the documentation, some templates are malformed;
 * some links point at a foreign host, so a client that follows them is caught by the trap.
 */
export function makeLink(scene: Scene, path: string, id: string, templatePath: string): JsonObject {
	const dice = mix(scene.seed, ...Buffer.from(`${path}${id}`)) % 100;
	const foreign = scene.quirks.foreignLinks && dice < 12;
	const root = foreign ? `${scene.hosts.trap}/travelrequest/v4` : travelRequestRoot(scene);
	return object({
		href: `${root}${path}`,
		id,
		template: malform(scene, `${root}${templatePath}`, dice),
	});
}

function malform(scene: Scene, url: string, dice: number): string {
	if (!scene.quirks.malformedTemplates) return url;
	if (dice % 5 === 1) return url.replace(/^http:/, 'https://https:');
	if (dice % 5 === 2) return url.replace(/^http:/, 'hhttps:');
	return url;
}

/** Link to an expected expense. */
export function expenseLink(scene: Scene, id: string): JsonObject {
	return makeLink(scene, `/expenses/${id}`, id, '/expenses/{id}');
}

/** Link to a cash advance. */
export function cashAdvanceLink(scene: Scene, id: string): JsonObject {
	return makeLink(scene, `/cashadvances/${id}`, id, '/cashadvances/{id}');
}

/** Link to a request. */
export function requestLink(scene: Scene, id: string): JsonObject {
	return makeLink(scene, `/requests/${id}`, id, '/requests/{id}');
}

/** Link to a list below a request: comments, cashadvances, exceptions. */
export function childListLink(scene: Scene, id: string, list: string): JsonObject {
	return makeLink(scene, `/requests/${id}/${list}`, id, `/requests/{id}/${list}`);
}

/** Link to a travel agency. */
export function agencyLink(scene: Scene, id: string): JsonObject {
	return makeLink(scene, `/travelagencies/${id}`, id, '/travelagencies/{id}');
}

/** A custom field holding a list item. */
export function listItemField(scene: Scene, code: string, itemId: string): JsonObject {
	const root = `${scene.hosts.home}/list/v4/items`;
	return { href: `${root}/${itemId}`, code, value: itemId, template: `${root}/{id}` };
}
