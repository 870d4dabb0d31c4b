import type { CodegenConfig } from '@graphql-codegen/cli';

/** `graphql('query …')` in a source file is a typed document; what it may ask is what the public schema offers. */
const config: CodegenConfig = {
  schema: 'schema/sdl/api.graphql',
  documents: 'examples/dashboard/src/**/*.{ts,tsx}',
  generates: {
    'examples/dashboard/src/graph/documents/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      // Dates and times stay the text that the graph sends. `_Any` is there for gateways, on a running server alone.
      config: {
        scalars: { Date: 'string', DateTime: 'string', _Any: 'unknown' },
        strictScalars: true,
        useTypeImports: true,
        enumsAsTypes: true,
        importExtension: '.ts',
      },
    },
  },
};

export default config;
