import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { findChromium } from './find-chromium';
import { keptSession, type Session } from './session';
import type { CredentialReference } from './workflow';

/** Where the pictures land: kept after the run, for people to look at. */
export function screenshotFolder(): string {
	return process.env['TEST_N8N_SCREENSHOTS'] ?? join(tmpdir(), 'n8n-nodes-sap-concur-screenshots');
}

/** An element by the mark that n8n's own tests know it by: it outlives changes of layout. */
function marked(mark: string): string {
	return `[data-test-id="${mark}"]`;
}

/** n8n's editor in a real browser, signed in. */
export class Editor {
	private constructor(
		private readonly browser: Browser,
		/** For what this class has no word for. */
		readonly page: Page,
	) {}

	static async open(session: Session = keptSession()): Promise<Editor> {
		const executablePath = findChromium();
		if (executablePath === undefined) throw new Error('There is no Chromium to open');
		const browser = await chromium.launch({
			executablePath,
			// Containers often have a tiny /dev/shm, which crashes pages.
			args: ['--disable-dev-shm-usage'],
		});
		const context = await browser.newContext({
			viewport: { width: 1600, height: 1200 },
			baseURL: session.baseUrl,
		});
		await context.addCookies([{ ...session.cookie, url: session.baseUrl }]);
		const browserId = JSON.stringify(session.browserId);
		await context.addInitScript({
			content: `localStorage.setItem('n8n-browserId', ${browserId})`,
		});
		return new Editor(browser, await context.newPage());
	}

	async close(): Promise<void> {
		await this.browser.close();
	}

	async openCanvas(workflow: { readonly id: string }): Promise<void> {
		await this.page.goto(`/workflow/${workflow.id}`, { waitUntil: 'domcontentloaded' });
		await this.page.locator(marked('canvas-node')).first().waitFor();
		// Nodes are drawn before the view has moved to them, and a click would miss.
		await this.page.waitForTimeout(500);
	}

	/** Opens a node's parameters from the canvas, as a double click does. */
	async openNodePanel(workflow: { readonly id: string }, node: string): Promise<void> {
		await this.openCanvas(workflow);
		await this.page.locator(`${marked('canvas-node')}[data-node-name="${node}"]`).dblclick();
		await this.page.locator(marked('node-parameters')).waitFor();
		await this.settle();
	}

	/** Opens a stored credential's dialog, which tests the credential at once. */
	async openCredential(credential: CredentialReference): Promise<void> {
		const path = `/home/credentials/${credential.id}`;
		await this.page.goto(path, { waitUntil: 'domcontentloaded' });
		await this.page.locator(marked('credential-edit-dialog')).waitFor();
		await this.settle();
	}

	/** The choices that a list parameter of the open panel or dialog offers. */
	async optionsOf(parameter: string): Promise<string[]> {
		const options = await this.openList(parameter);
		const texts = await options.allInnerTexts();
		await this.page.keyboard.press('Escape');
		// A list fades out: the next one must not be read before this one is gone.
		await options.first().waitFor({ state: 'hidden' });
		return texts.map((text) => text.split('\n')[0]?.trim() ?? '');
	}

	/** Picks a choice of a list parameter by the name it shows. */
	async choose(parameter: string, option: string): Promise<void> {
		const options = await this.openList(parameter);
		await options.getByText(option, { exact: true }).first().click();
		await this.settle();
	}

	/** The texts of the parameters that show, in their order. */
	async shownParameters(): Promise<string[]> {
		const labels = this.page
			.locator(`${marked('node-parameters')} ${marked('input-label')}`)
			.filter({ visible: true });
		return (await labels.allInnerTexts()).map((text) => text.split('\n')[0]?.trim() ?? '');
	}

	/** Runs the node whose panel is open and waits for the end. */
	async executeStep(): Promise<void> {
		const button = this.page.locator(marked('node-execute-button'));
		await button.click();
		const output = this.page.locator(marked('output-panel'));
		await output.locator(`${marked('ndv-data-container')}, ${marked('node-error-view')}`).waitFor();
		await this.settle();
	}

	/** Takes a picture of the whole page, or of the part with one mark, and answers its file. */
	async shoot(name: string, part?: string): Promise<string> {
		const path = join(screenshotFolder(), `${name}.png`);
		mkdirSync(screenshotFolder(), { recursive: true });
		await (part === undefined ? this.page : this.page.locator(marked(part))).screenshot({ path });
		return path;
	}

	private async openList(parameter: string) {
		await this.page.locator(marked(`parameter-input-${parameter}`)).click();
		const options = this.page.locator('.el-select-dropdown:visible .el-select-dropdown__item');
		await options.first().waitFor();
		return options;
	}

	/** Until nothing is loaded any more; n8n keeps one push connection, which does not count. */
	private async settle(): Promise<void> {
		await this.page.waitForLoadState('networkidle');
		await this.page.waitForTimeout(500);
	}
}
