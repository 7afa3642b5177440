// Running the steps of a test run one after another and adding up what passed and failed.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { root } from './sources.mjs'

/** Starts a protocol of steps; `close()` prints it, its last line being `N passed, N failed`, and returns the exit code. */
export function protocol(title) {
  const steps = []
  const began = Date.now()
  return {
    /** A step that passes or fails as a whole: 0 tests when it passes, one failure when it does not. */
    async check(name, program, args, options) {
      const from = heading(name)
      const status = await run(program, args, options)
      steps.push({ ...NOTHING, name, failed: status === 0 ? 0 : 1, seconds: since(from) })
      return status === 0
    },
    /** A vitest run, its tests counted from the JSON reporter. `secondTry`: see `tryAgain`. */
    async vitest(name, args, { node = process.execPath, secondTry = false, ...options } = {}) {
      const from = heading(name)
      const first = await vitest(node, args, options)
      const step = secondTry ? await tryAgain(first, files => vitest(node, [...args, ...files], options)) : first
      steps.push({ name, ...sum(step), seconds: since(from) })
    },
    /** Adds a step that was counted elsewhere. */
    add: step => steps.push({ ...NOTHING, ...step }),
    close() {
      console.log(`\n${title}`)
      for (const { name, passed, failed, skipped, broken, mended, seconds } of steps) {
        const tests = passed + failed > 0 ? `${passed} passed, ${failed} failed` : 'ok'
        console.log(`  ${failed > 0 ? '✗' : '✓'} ${name}: ${tests} (${seconds.toFixed(0)} s)`)
        for (const test of skipped) console.log(`      not run: ${test}`)
        for (const test of broken) console.log(`      failed: ${test}`)
        for (const test of mended) console.log(`      passed only when tried again: ${test}`)
      }
      const total = key => steps.reduce((sum, step) => sum + step[key], 0)
      console.log(`  ${since(began).toFixed(0)} s`)
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

const NOTHING = { passed: 0, failed: 0, skipped: [], broken: [], mended: [], seconds: 0 }

/** One vitest run: what each file came to. A file that does not even load has no tests: it counts as one failure; so does a run without a report. */
async function vitest(node, args, options) {
  const folder = mkdtempSync(join(tmpdir(), 'yingzao-report-'))
  const report = join(folder, 'report.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const status = await run(node, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...reporters, ...args], options)
  try {
    const files = JSON.parse(readFileSync(report, 'utf8')).testResults.map(ofFile)
    const crashed = status !== 0 && files.every(file => file.broken.length === 0)
    return crashed
      ? [...files, { ...NOTHING, path: '', broken: ['the run ended on an error outside of a test'] }]
      : files
  } catch {
    return [{ ...NOTHING, path: '', broken: ['no report was written'] }]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function ofFile({ name, status, message, assertionResults: tests }) {
  const path = relative(root, name)
  const failed = tests.filter(test => test.status === 'failed')
  const broken = failed.map(test => said(`${path} › ${test.fullName}`, test.failureMessages[0]))
  return {
    path,
    passed: tests.filter(test => test.status === 'passed').length,
    skipped: tests.filter(test => !['passed', 'failed'].includes(test.status)).map(test => test.fullName),
    broken: status === 'failed' && failed.length === 0 ? [said(path, message)] : broken,
    mended: [],
  }
}

/**
 * Runs the few files that broke once more, from a fresh server and database: a browser, a server and a database share
 * this machine. What passes only then is named in the protocol; it is a fault to look for.
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
  const all = key => files.flatMap(file => file[key])
  const broken = all('broken')
  const passed = all('passed').reduce((total, each) => total + each, 0)
  return { passed, failed: broken.length, broken, skipped: all('skipped'), mended: all('mended') }
}

/** A failed test with the first lines of its message: a log that keeps only its end still tells what broke. */
const said = (test, message = '') => [test, ...message.split('\n').slice(0, 12)].join('\n        ')

function heading(name) {
  console.log(`\n── ${name}`)
  return Date.now()
}

const since = from => (Date.now() - from) / 1000
