// Builds `dist/`: the server file by file (modules are found by their suffix, a bundle has none), the web app by Vite.
// `node tools/build.mjs [--force]`; does nothing when nothing changed.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { fingerprint, root, serverSources, webSources } from './sources.mjs'

const dist = join(root, 'dist')
const stampFile = join(dist, '.built.json')
const MARKERS = { server: 'cli/main.js', web: 'web/index.html' }

/** What must be built anew: the parts whose sources changed since the last build. */
export function staleParts() {
  const built = readStamp()
  const now = stamps()
  return Object.keys(now).filter(part => built[part] !== now[part] || !existsSync(join(dist, MARKERS[part])))
}

function stamps() {
  const { code, assets } = serverSources()
  const tools = ['tools/build.mjs', 'tools/sources.mjs']
  const server = fingerprint([...code, ...assets, ...tools, 'package-lock.json', 'package.json'])
  return existsSync(join(root, 'web/vite.config.ts')) ? { server, web: fingerprint(webSources()) } : { server }
}

function readStamp() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'))
  } catch {
    return {}
  }
}

/** Builds the given parts; a failed build leaves its stamp untouched, so the next call tries again. */
export async function build(parts) {
  mkdirSync(dist, { recursive: true })
  const now = stamps()
  const built = readStamp()
  for (const part of parts) {
    const from = Date.now()
    await { server: buildServer, web: buildWeb }[part]()
    built[part] = now[part]
    writeFileSync(stampFile, JSON.stringify(built))
    console.error(`  ${part} ${((Date.now() - from) / 1000).toFixed(1)} s`)
  }
}

async function buildServer() {
  const esbuild = await import('esbuild')
  const { code, assets } = serverSources()
  const { outputFiles } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: code,
    outbase: root,
    outdir: dist,
    write: false,
    bundle: true,
    treeShaking: false,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    jsx: 'automatic',
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'error',
    plugins: [everyImportStaysAnImport(new Set(code))],
  })
  const written = new Set(['package.json', '.built.json'])
  const write = (path, contents) => {
    written.add(path)
    const target = join(dist, path)
    mkdirSync(dirname(target), { recursive: true })
    // Only what differs: a server that runs from here keeps its files.
    if (!existsSync(target) || !readFileSync(target).equals(contents)) writeFileSync(target, contents)
  }
  for (const file of outputFiles) write(posix(relative(dist, file.path)), Buffer.from(file.contents))
  for (const path of assets) write(path, readFileSync(join(root, path)))
  const { name, version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  writeFileSync(join(dist, 'package.json'), JSON.stringify({ name, version, license, private: true, type: 'module' }))
  removeOthers(written)
}

/** A file of a module that no longer exists must not be found by its suffix. */
function removeOthers(written) {
  for (const entry of readdirSync(dist, { withFileTypes: true, recursive: true })) {
    const path = posix(relative(dist, join(entry.parentPath ?? entry.path, entry.name)))
    if (entry.isFile() && !path.startsWith('web/') && !written.has(path)) rmSync(join(dist, path))
  }
}

/** Rewrites each import to the path of the built file; packages from npm stay as they are. */
function everyImportStaysAnImport(sources) {
  const exported = workspaceExports()
  const builtPath = (source, importer) => {
    const path = posix(relative(root, source))
    if (!sources.has(path)) return undefined
    const target = posix(relative(dirname(importer), source)).replace(/\.tsx?$/, '.js')
    return target.startsWith('.') ? target : `./${target}`
  }
  return {
    name: 'every-import-stays-an-import',
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ path, importer, kind, resolveDir }) => {
        if (kind === 'entry-point' || path.endsWith('.json')) return undefined
        const own = path.startsWith('@yingzao/') ? resolveWorkspace(exported, path) : undefined
        const source = path.startsWith('.') ? resolve(resolveDir, path) : own
        if (source === undefined && !path.startsWith('@yingzao/')) return { path, external: true }
        const target = source && builtPath(source, importer)
        if (target) return { path: target, external: true }
        return { errors: [{ text: `${path} is not a source file of the server (tests and testing/ are not built)` }] }
      })
    },
  }
}

/** `@yingzao/kernel/entity` → the file that kernel/package.json `exports` names. */
function resolveWorkspace(exported, specifier) {
  const [, workspace, ...rest] = specifier.split('/')
  const subpath = `./${rest.join('/')}`
  for (const [pattern, target] of exported.get(workspace) ?? []) {
    if (pattern === subpath) return join(root, workspace, target)
    const [before, after] = pattern.split('*')
    if (after === undefined || !subpath.startsWith(before) || !subpath.endsWith(after)) continue
    const star = subpath.slice(before.length, subpath.length - after.length)
    return join(root, workspace, target.replace('*', star))
  }
  return undefined
}

function workspaceExports() {
  const { workspaces } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return new Map(
    workspaces.map(workspace => {
      const { exports = {} } = JSON.parse(readFileSync(join(root, workspace, 'package.json'), 'utf8'))
      // Exact paths before patterns, longer patterns before shorter ones, as Node resolves them.
      const order = ([a], [b]) => a.includes('*') - b.includes('*') || b.length - a.length
      return [workspace, Object.entries(exports).sort(order)]
    }),
  )
}

async function buildWeb() {
  const vite = await import('vite')
  await vite.build({
    root: join(root, 'web'),
    configFile: join(root, 'web/vite.config.ts'),
    logLevel: 'warn',
    build: { outDir: join(dist, 'web'), emptyOutDir: true },
  })
}

const posix = path => path.replaceAll('\\', '/')

if (process.argv[1] && import.meta.url === pathToFileURL(resolve(process.argv[1])).href) {
  try {
    await build(process.argv.includes('--force') ? Object.keys(stamps()) : staleParts())
  } catch (error) {
    // esbuild has printed its own errors already, with their place.
    if (!Array.isArray(error.errors)) console.error(error)
    process.exitCode = 1
  }
}
