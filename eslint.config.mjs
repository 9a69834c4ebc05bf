import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import nodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

const nodesBasePlugin = { 'n8n-nodes-base': nodesBase };

export default tseslint.config(
	{ ignores: ['dist/', 'build/', 'demo-output/', 'test/fixtures/'] },
	{
		files: ['**/*.ts'],
		extends: [...tseslint.configs.strictTypeChecked],
		languageOptions: { parserOptions: { project: './tsconfig.test.json' } },
		rules: {
			'no-console': 'error',
			// Numbers, booleans and the like read well in a sentence.
			'@typescript-eslint/restrict-template-expressions': [
				'error',
				{ allowNumber: true, allowBoolean: true },
			],
			'@typescript-eslint/consistent-type-imports': 'error',
			// A method shorthand in an interface is not an unbound method.
			'@typescript-eslint/unbound-method': 'off',
			'@typescript-eslint/no-empty-function': 'off',
			'@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
			'@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
			// An interface's promise may be kept at once, as node:sqlite does.
			'@typescript-eslint/require-await': 'off',
		},
	},
	{
		// Jest's matchers are typed as any.
		files: ['test/**/*.ts'],
		rules: {
			'@typescript-eslint/no-unsafe-assignment': 'off',
			'@typescript-eslint/no-unsafe-argument': 'off',
		},
	},
	{
		// n8n's own rules for what n8n loads.
		files: ['nodes/**/*.ts', 'credentials/**/*.ts'],
		extends: [n8nCommunityNodesPlugin.configs.recommended],
	},
	{
		files: ['nodes/**/*.ts'],
		plugins: nodesBasePlugin,
		rules: {
			...nodesBase.configs.nodes.rules,
			// n8n's newer rules above want the opposite; n8n's own tool turns these off too.
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
		},
	},
	{
		files: ['credentials/**/*.ts'],
		plugins: nodesBasePlugin,
		rules: {
			...nodesBase.configs.credentials.rules,
			// Packages outside n8n give a whole address, by n8n's newer rule.
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
		},
	},
	{
		files: ['package.json'],
		plugins: nodesBasePlugin,
		extends: [n8nCommunityNodesPlugin.configs.recommended],
		languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } },
		rules: {
			...nodesBase.configs.community.rules,
			// The pipelines stand on libraries; n8n installs them with the package (see the README).
			'@n8n/community-nodes/no-runtime-dependencies': 'off',
		},
	},
);
