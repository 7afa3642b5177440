// Running the steps of a test run one after another and adding up what passed and failed.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './sources.mjs'

/** Starts a protocol of steps; `close()` prints it, its last line being `N passed, N failed`, and returns the exit code. */
export function protocol(title) {
  const steps = []
  const began = now()
  return {
    /** A step that passes or fails as a whole: 0 tests when it passes, one failure when it does not. */
    async check(name, program, args, options) {
      const from = heading(name)
      const status = await run(program, args, options)
      steps.push({ ...NOTHING, name, failed: status === 0 ? 0 : 1, ...since(from) })
      return status === 0
    },
    /** A vitest run of the given paths (none: all), its tests counted from its report; few that break are tried again. */
    async vitest(name, { args = [], paths = [], node = process.execPath, ...options } = {}) {
      const from = heading(name)
      const runOf = what => vitest(node, [...args, ...what], options)
      steps.push({ name, ...sum(await tryAgain(await runOf(paths), runOf)), ...since(from) })
    },
    /** Adds a step that was counted elsewhere. */
    add: step => steps.push({ ...NOTHING, ...step }),
    close() {
      console.log(`\n${title}`)
      for (const { name, passed, failed, skipped, broken, mended, slowest, seconds, cpu } of steps) {
        const tests = passed + failed > 0 ? `${passed} passed, ${failed} failed` : 'ok'
        console.log(`  ${failed > 0 ? '✗' : '✓'} ${name}: ${tests} (${spent({ seconds, cpu })})`)
        const files = slowest.map(file => `${file.path} ${file.seconds.toFixed(0)}`)
        if (files.length > 1) console.log(`      slowest, in s: ${files.join(', ')}`)
        for (const test of skipped) console.log(`      not run: ${test}`)
        for (const test of broken) console.log(`      failed: ${test}`)
        for (const test of mended) console.log(`      passed only when tried again: ${test}`)
      }
      const total = key => steps.reduce((sum, step) => sum + step[key], 0)
      console.log(`  ${spent(since(began))}`)
      console.log(`${total('passed')} passed, ${total('failed')} failed`)
      return total('failed') > 0 || total('passed') === 0 ? 1 : 0
    },
  }
}

/** Runs a program with our output; resolves with its exit code (1 when a signal ended it). */
export function run(program, args, options = {}) {
  return new Promise(resolve => {
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], ...options })
    child.on('error', error => {
      console.error(String(error))
      resolve(1)
    })
    child.on('exit', code => resolve(code ?? 1))
  })
}

const NOTHING = { passed: 0, failed: 0, skipped: [], broken: [], mended: [], slowest: [], seconds: 0, cpu: null }

/** One vitest run: what each file came to. A run without a report counts as one failure, so does one that ends ill with none. */
async function vitest(node, args, options) {
  const folder = mkdtempSync(join(tmpdir(), 'yingzao-report-'))
  const report = join(folder, 'report.json')
  const reporters = ['--reporter=default', `--reporter=${join(root, 'tools/report.mjs')}`]
  const env = { ...(options.env ?? process.env), YINGZAO_TEST_REPORT: report }
  const program = join(root, 'node_modules/vitest/vitest.mjs')
  const status = await run(node, [program, 'run', ...reporters, ...args], { ...options, env })
  try {
    const files = JSON.parse(readFileSync(report, 'utf8'))
    const crashed = status !== 0 && files.every(file => file.broken.length === 0)
    const ended = { ...NOTHING, path: '', broken: ['the run ended on an error outside of a test'] }
    return crashed ? [...files, ended] : files
  } catch {
    return [{ ...NOTHING, path: '', broken: ['no report was written'] }]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Runs the few files that broke once more, from a fresh server and database: browsers, servers and databases of several
 * files share a machine. What passes only then is named in the protocol; it is a fault to look for.
 */
async function tryAgain(files, vitestOf) {
  const broken = files.filter(file => file.broken.length > 0)
  if (broken.length === 0 || broken.length > 3 || broken.some(file => file.path === '')) return files
  heading(`once more: ${broken.map(file => file.path).join(', ')}`)
  const again = await vitestOf(broken.map(file => file.path))
  const mended = broken.flatMap(file => (again.some(each => each.broken.length > 0) ? [] : file.broken))
  return [...files.filter(file => file.broken.length === 0), ...again, { ...NOTHING, path: '', mended }]
}

function sum(files) {
  const all = key => files.flatMap(file => file[key] ?? [])
  const broken = all('broken')
  const passed = all('passed').reduce((total, each) => total + each, 0)
  const slowest = files
    .filter(file => file.path)
    .toSorted((a, b) => b.seconds - a.seconds)
    .slice(0, 10)
  return { passed, failed: broken.length, broken, skipped: all('skipped'), mended: all('mended'), slowest }
}

function heading(name) {
  console.log(`\n── ${name}`)
  return now()
}

/** A clock on the wall, and one of the processors: seconds spent by programs that have ended, where Linux tells. */
const now = () => ({ wall: Date.now(), cpu: cpuOfChildren() })
const since = from => ({
  seconds: (Date.now() - from.wall) / 1000,
  cpu: from.cpu === null ? null : (cpuOfChildren() ?? 0) - from.cpu,
})
const spent = ({ seconds, cpu }) => `${seconds.toFixed(0)} s${cpu === null ? '' : `, ${cpu.toFixed(0)} of a processor`}`

/** proc(5): fields 16 and 17, in hundredths of a second. */
function cpuOfChildren() {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1).split(' ')
    return (Number(fields[13]) + Number(fields[14])) / 100
  } catch {
    return null
  }
}
