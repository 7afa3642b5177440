// dependency-cruiser with our rules, in two passes: all imports for who may know whom; without `import type` for cycles,
// since a cycle of types alone does not exist at run time.
// Its swc parser neither switches JSX on for .tsx files nor tells `import type` apart, so we hand it one that does.
import { spawnSync } from 'node:child_process'
import { register } from 'node:module'
import { fileURLToPath } from 'node:url'
import { root } from './sources.mjs'

const LAYERS = ['engines', 'formats', 'kernel', 'platform', 'modules', 'ui', 'web', 'server', 'cli', 'demo']
const pass = process.env.YINGZAO_RULES

if (pass) {
  await cruise()
} else {
  const passes = ['layers', 'cycles'].map(name => {
    const env = { ...process.env, YINGZAO_RULES: name }
    return spawnSync(process.execPath, [fileURLToPath(import.meta.url)], { stdio: 'inherit', env }).status
  })
  process.exitCode = passes.every(status => status === 0) ? 0 : 1
}

async function cruise() {
  const parser = module(`
    import swc from ${JSON.stringify(import.meta.resolve('@swc/core'))}
    const { parseSync, version } = swc
    const parseFileSync = (file, options) => {
      const tree = swc.parseFileSync(file, { ...options, tsx: file.endsWith('.tsx') })
      return ${pass === 'cycles'} ? { ...tree, body: tree.body.filter(item => !item.typeOnly) } : tree
    }
    export { parseSync, parseFileSync, version }
    export default { parseSync, parseFileSync, version }`)
  register(
    module(`export const resolve = (specifier, context, next) =>
      specifier === '@swc/core' ? { url: ${JSON.stringify(parser)}, shortCircuit: true } : next(specifier, context)`),
  )
  process.chdir(root)
  process.argv.splice(2, Number.POSITIVE_INFINITY, '--config', '.dependency-cruiser.cjs', ...LAYERS)
  await import('../node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
}

function module(text) {
  return `data:text/javascript,${encodeURIComponent(text)}`
}
