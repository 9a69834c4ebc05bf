import { statSync } from 'node:fs';
import { Editor } from './editor';
import { describeWithBrowser } from './find-chromium';
import { N8nApi } from './n8n-api';
import { chain, MANUAL_TRIGGER } from './workflow';

describeWithBrowser("n8n's editor", () => {
	it('draws a workflow, and a node with its parameters', async () => {
		const set = { name: 'Edit', type: 'n8n-nodes-base.set', typeVersion: 3.4 };
		const workflow = await new N8nApi().createWorkflow(chain('Drawn', MANUAL_TRIGGER, set));
		const editor = await Editor.open();
		try {
			await editor.openCanvas(workflow);
			expect(statSync(await editor.shoot('canvas')).size).toBeGreaterThan(0);
			await editor.openNodePanel(workflow, 'Edit');
			expect(await editor.shownParameters()).toContain('Mode');
			expect(await editor.optionsOf('mode')).toEqual(['Manual Mapping', 'JSON']);
			expect(statSync(await editor.shoot('panel', 'node-parameters')).size).toBeGreaterThan(0);
		} finally {
			await editor.close();
		}
	});
});
