// `npm run bench [-- WORD…]`: runs every **/*.bench.ts (or those whose path holds a word) and prints medians and ratios.
// A bench file's default export is `async report => …`; it measures itself and calls
//   report('name', medianMs)  or  report('name', medianMs, { p95, baseline: { name, ms }, target: ms, unit: 'rows/s' })
//   (a target is held against the p95 where there is one)
//   (a plain { name, ms } as third argument is a baseline, too).
// `testDatabase()` works inside: a PostgreSQL with fsync, of this run alone.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { install, oneAtATime, requireNode } from './install.mjs'
import { root, walk } from './sources.mjs'

const [first, ...rest] = process.argv.slice(2)

if (first === '--one') {
  await runOne(rest[0])
} else {
  await runAll([first, ...rest].filter(Boolean))
}

async function runAll(words) {
  requireNode()
  await oneAtATime(install)
  const found = ['engines', 'formats', 'kernel', 'platform', 'modules', 'server', 'ui', 'web', 'demo']
    .flatMap(walk)
    .filter(path => /\.bench\.tsx?$/.test(path) && (words.length === 0 || words.some(word => path.includes(word))))
  const { tsImport } = await import('tsx/esm/api')
  const { startTestServer } = await tsImport('../platform/testing/server.ts', import.meta.url)
  const server = await startTestServer({ durable: true })
  const env = { ...process.env, YINGZAO_TEST_DATABASE_URL: server.url }
  const rows = []
  let broken = 0
  try {
    for (const path of found.sort()) {
      console.error(`… ${path}`)
      broken += (await inItsOwnProcess(path, env, row => rows.push({ path, ...row }))) === 0 ? 0 : 1
    }
  } finally {
    await server.stop()
  }
  print(rows)
  console.log(
    `\n${rows.length} figures, ${broken} files failed · Node ${process.versions.node} · ${process.platform}-${process.arch}`,
  )
  process.exitCode = broken > 0 ? 1 : 0
}

function inItsOwnProcess(path, env, report) {
  const args = ['--expose-gc', '--import', 'tsx', join(root, 'tools/bench.mjs'), '--one', path]
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 2, 2, 'ipc'] })
  child.on('message', report)
  return new Promise(resolve => child.on('exit', code => resolve(code ?? 1)))
}

async function runOne(path) {
  const { default: bench } = await import(pathToFileURL(join(root, path)).href)
  await bench((name, median, more = {}) => {
    const { baseline, target, p95, unit = 'ms' } = 'ms' in more ? { baseline: more } : more
    process.send({ name, median, p95, baseline, target, unit })
  })
  process.disconnect()
}

function print(rows) {
  const number = value => (value === undefined ? '' : value.toPrecision(value >= 100 ? 4 : 3))
  const ratio = (value, by) => (by === undefined ? '' : `${(value / by).toFixed(2)}×`)
  const head = ['figure', 'median', 'p95', 'unit', 'target', 'of target', 'baseline', 'ratio', '']
  const body = rows.map(({ path, name, median, p95, unit, target, baseline }) => [
    name,
    number(median),
    number(p95),
    unit,
    number(target),
    ratio(p95 ?? median, target),
    baseline ? `${baseline.name} ${number(baseline.ms)}` : '',
    ratio(median, baseline?.ms),
    path,
  ])
  const widths = head.map((_, i) => Math.max(...[head, ...body].map(row => width(row[i]))))
  for (const row of [head, ...body]) {
    console.log(
      row
        .map((cell, i) => cell + ' '.repeat(widths[i] - width(cell)))
        .join('  ')
        .trimEnd(),
    )
  }
}

/** Chinese letters are two columns wide in a terminal. */
function width(text) {
  return [...text].reduce((sum, letter) => sum + (/[\u2e80-\uffe0]/.test(letter) ? 2 : 1), 0)
}
