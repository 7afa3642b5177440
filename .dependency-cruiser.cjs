/** What may import what (ARCHITECTURE.md): engines, formats ← kernel ← platform, ui ← modules ← web, server, cli. */
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: {
    path: '^(engines|formats|kernel|platform|ui|modules|web|server|cli|demo)/',
    pathNot: `^(${allowed.join('|')})`,
  },
})
const tests = '(\\.(journey|bench|test)\\.tsx?$|/(testing|harness)/)'
const doors = ['\\.(entity|ledger)\\.ts$', '/module\\.ts$', '/public\\.ts$', '/web/public\\.tsx?$']

const forbidden = [
  {
    name: 'no-cycles',
    severity: 'error',
    from: {},
    // A cycle of types alone does not exist at run time; one closed by a dynamic import is none at load.
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'dynamic-import'] } },
  },
  { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^virtual:|\\?url$' } },
  only('engines-are-pure', '^engines/', ['engines/']),
  only('formats-know-engines-only', '^formats/', ['formats/', 'engines/']),
  only('kernel-knows-engines-only', '^kernel/(?!.*(\\.test\\.ts|\\.bench\\.ts|testing/))', ['kernel/', 'engines/']),
  only('kernel-tests-use-the-test-database', '^kernel/', ['kernel/', 'engines/', 'platform/testing/']),
  only('platform-below-modules', '^platform/', ['platform/', 'kernel/', 'formats/', 'engines/']),
  only('ui-names-no-module', '^ui/', ['ui/', 'engines/', 'kernel/entity/', 'platform/client/', 'platform/testing/']),
  {
    name: 'module-through-its-doors',
    comment: 'A module sees another module only through *.entity.ts, *.ledger.ts, module.ts or public.ts.',
    severity: 'error',
    from: { path: '^modules/([^/]+)/', pathNot: tests },
    to: { path: '^modules/([^/]+)/', pathNot: ['^modules/$1/', ...doors] },
  },
  {
    name: 'test-through-the-doors',
    comment: 'A test may also build on what another module offers its tests.',
    severity: 'error',
    from: { path: '^modules/([^/]+)/', pathNot: `^(?!.*${tests})` },
    to: { path: '^modules/([^/]+)/', pathNot: ['^modules/$1/', ...doors, '/testing/'] },
  },
  {
    name: 'browser-never-imports-server',
    severity: 'error',
    from: {
      path: ['^ui/', '^web/', '^modules/[^/]+/web/'],
      pathNot: '\\.(journey|bench|test)\\.tsx?$|/(testing|harness)/',
    },
    to: {
      path: ['^kernel/', '^platform/', '^server/', '^cli/', '\\.(service|hooks|jobs)\\.ts$'],
      pathNot: ['^kernel/entity/', '^platform/client/'],
    },
  },
  {
    name: 'entity-files-run-anywhere',
    severity: 'error',
    from: { path: '\\.entity\\.ts$' },
    to: { path: '^(kernel|platform|ui|server|cli)/', pathNot: '^kernel/entity/' },
  },
  {
    name: 'pure-has-no-node',
    severity: 'error',
    from: { path: '^(engines|kernel/entity)/', pathNot: '\\.(test|bench)\\.ts$|/testing/' },
    to: { dependencyTypes: ['core'] },
  },
]
module.exports = {
  forbidden,
  options: {
    parser: 'tsc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'default', 'node'],
      extensions: ['.ts', '.tsx', '.mjs', '.js'],
    },
  },
}
