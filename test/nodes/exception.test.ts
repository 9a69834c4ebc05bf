import { openChildScene, type ChildScene } from '../support/n8n/child-scene';
import { describeList } from '../support/n8n/describe-list';
import { describeRefusals } from '../support/n8n/expect-refusals';

let scene: ChildScene;

beforeAll(async () => {
	scene = await openChildScene();
	scene.fake.world.addException(scene.requestId, { code: 'CALWARN2', isBlocking: false });
	scene.fake.world.addException(scene.requestId, { code: 'MISSINGFIELD', isBlocking: true });
});

describe('Exception: Get Many', () => {
	describeList({
		resource: 'exception',
		scene: () => scene,
		path: 'exceptions',
		expected: () => [
			{ code: 'CALWARN2', isBlocking: false },
			{ code: 'MISSINGFIELD', isBlocking: true },
		],
	});
	describeRefusals({ resource: 'exception', operation: 'getAll', scene: () => scene });
});
