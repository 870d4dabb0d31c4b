import type { CodegenConfig } from '@graphql-codegen/cli';

/**
 * Typed documents of the stories in `test/queries`, and the manifest by which a server in `trusted only` mode knows them. For a
 * client of your own, take this file, point `schema` at `schema/sdl/api.graphql` of this package or at a running server, and
 * `documents` at your sources.
 */
const config: CodegenConfig = {
  schema: 'schema/sdl/api.graphql',
  documents: 'test/queries/**/*.graphql',
  generates: {
    'dist/documents/': {
      preset: 'client',
      presetConfig: { persistedDocuments: true, fragmentMasking: false },
      // Dates and times stay the text that the graph sends. `_Any` is there for gateways, on a running server alone.
      config: {
        scalars: { Date: 'string', DateTime: 'string', _Any: 'unknown' },
        strictScalars: true,
        useTypeImports: true,
        enumsAsTypes: true,
      },
    },
  },
};

export default config;
