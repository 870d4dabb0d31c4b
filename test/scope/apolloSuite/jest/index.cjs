// The suite asks for jest. What it uses of it, vitest has under the same names; apolloSuite.test.ts leaves it here.
module.exports = globalThis.jestOfApolloSuite;
