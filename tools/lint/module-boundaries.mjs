/** Which workspace libs each lib may import. A lib that is not named here may import none. */
const LIB_IMPORTS = {
  contracts: [],
  config: [],
  credentials: ['contracts'],
  observability: ['contracts', 'config'],
  messaging: ['access-events', 'contracts', 'config', 'observability'],
  http: ['contracts', 'config', 'observability'],
  persistence: ['contracts', 'config', 'credentials', 'observability'],
  outbox: ['access-events', 'messaging', 'persistence', 'contracts', 'config', 'credentials', 'observability'],
  'access-events': ['contracts'],
  'access-guard': ['access-events', 'contracts'],
};

const libraries = Object.keys(LIB_IMPORTS);
const withoutDatabase = libraries.filter((lib) => lib !== 'persistence' && lib !== 'outbox');
const tagsOf = (libs) => libs.map((lib) => `lib:${lib}`);

/** Contracts are read by clients too: zod and nothing else. */
const CONTRACTS_PACKAGES = ['zod', 'zod/*'];

/** Options of `@nx/enforce-module-boundaries` for code that ships. */
export const productionBoundaries = boundaries({ also: [], contractsPackages: CONTRACTS_PACKAGES });

/** The same for tests, which may import `testing` besides and any package. */
export const testBoundaries = boundaries({ also: ['lib:testing'], contractsPackages: undefined });

function boundaries({ also, contractsPackages }) {
  const allow = (sourceTag, libs) => ({ sourceTag, onlyDependOnLibsWithTags: [...tagsOf(libs), ...also] });
  return {
    // A lib's spec may import testing, which imports the lib. The constraints leave no other way round.
    ignoredCircularDependencies: [['@valetkey/testing', '*']],
    banTransitiveDependencies: true,
    depConstraints: [
      ...Object.entries(LIB_IMPORTS).map(([lib, imports]) => allow(`lib:${lib}`, imports)),
      { sourceTag: 'lib:contracts', allowedExternalImports: contractsPackages },
      { sourceTag: 'lib:testing', onlyDependOnLibsWithTags: ['lib:*'] },
      allow('app:gateway', withoutDatabase),
      allow('/^app:(?!(gateway|journeys)$)/', libraries),
      // The journeys are tests of the whole: they start every app.
      { sourceTag: 'app:journeys', onlyDependOnLibsWithTags: ['lib:*', 'app:*'] },
    ].map(withoutUndefined),
  };
}

function withoutUndefined(constraint) {
  return Object.fromEntries(Object.entries(constraint).filter(([, value]) => value !== undefined));
}
