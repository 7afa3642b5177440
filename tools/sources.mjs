// Which files are the product, and a fingerprint of them that tells whether a build is up to date.
import { createHash } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { dirname, extname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

const SERVER = ['engines', 'formats', 'kernel', 'platform', 'modules', 'server', 'cli', 'demo']
const WEB = ['engines', 'kernel/entity', 'platform/client', 'modules', 'ui', 'web']
const NOT_SHIPPED =
  /\.(test|bench|journey|test-d|d)\.tsx?$|(^|\/)(testing|fixtures|conformance|node_modules|dist)(\/|$)/
const CODE = new Set(['.ts', '.tsx'])

/** Server sources by path from the root: `code` is transpiled, `assets` are copied. */
export function serverSources() {
  const files = SERVER.flatMap(folder => walk(folder)).filter(
    path => !NOT_SHIPPED.test(path) && !/^modules\/[^/]+\/web\//.test(path),
  )
  const isAsset = path => !CODE.has(extname(path)) && !/(\.md|package\.json|\.snap)$/.test(path)
  return { code: files.filter(path => CODE.has(extname(path))), assets: files.filter(isAsset) }
}

export function webSources() {
  const shared = ['package-lock.json', 'tsconfig.base.json', 'tsconfig.browser.json']
  return [...WEB.flatMap(folder => walk(folder)).filter(path => !NOT_SHIPPED.test(path)), ...shared]
}

/** Changes whenever a file is added, removed or touched; costs one `stat` a file. */
export function fingerprint(paths) {
  const hash = createHash('sha256')
  for (const path of [...new Set(paths)].sort()) {
    const { size, mtimeMs } = statSync(join(root, path))
    hash.update(`${path}\0${size}\0${mtimeMs}\n`)
  }
  return hash.digest('hex')
}

/** All files below a folder of the repository, by path from the root. */
export function walk(folder) {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
      .filter(entry => entry.isFile())
      .map(entry =>
        relative(root, join(entry.parentPath ?? entry.path, entry.name))
          .split(sep)
          .join('/'),
      )
      .filter(path => !path.includes('node_modules/'))
  } catch {
    return []
  }
}
