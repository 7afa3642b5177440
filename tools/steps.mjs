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
      steps.push({ name, passed: 0, failed: status === 0 ? 0 : 1, skipped: [], broken: [], seconds: since(from) })
      return status === 0
    },
    /** A vitest run, its tests counted from the JSON reporter. */
    async vitest(name, args, { node = process.execPath, ...options } = {}) {
      const from = heading(name)
      const folder = mkdtempSync(join(tmpdir(), 'yingzao-report-'))
      const report = join(folder, 'report.json')
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
      const program = join(root, 'node_modules/vitest/vitest.mjs')
      const status = await run(node, [program, 'run', ...reporters, ...args], options)
      steps.push({ name, ...count(report, status), seconds: since(from) })
      rmSync(folder, { recursive: true, force: true })
    },
    /** Adds a step that was counted elsewhere. */
    add: step => steps.push({ skipped: [], broken: [], seconds: 0, ...step }),
    close() {
      console.log(`\n${title}`)
      for (const { name, passed, failed, skipped, broken, seconds } of steps) {
        const tests = passed + failed > 0 ? `${passed} passed, ${failed} failed` : 'ok'
        console.log(`  ${failed > 0 ? '✗' : '✓'} ${name}: ${tests} (${seconds.toFixed(0)} s)`)
        for (const test of skipped) console.log(`      not run: ${test}`)
        for (const test of broken) console.log(`      failed: ${test}`)
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

/** A file that does not even load has no tests: it counts as one failure. A run without a report too. */
function count(report, status) {
  try {
    const { testResults, numPassedTests } = JSON.parse(readFileSync(report, 'utf8'))
    const broken = testResults.flatMap(file => {
      const failed = file.assertionResults.filter(test => test.status === 'failed')
      const messages = failed.map(test => said(`${place(file)} › ${test.fullName}`, test.failureMessages[0]))
      return file.status === 'failed' && failed.length === 0 ? [said(place(file), file.message)] : messages
    })
    const idle = testResults.flatMap(file =>
      file.assertionResults.filter(test => !['passed', 'failed'].includes(test.status)).map(test => test.fullName),
    )
    const failed = broken.length
    return { passed: numPassedTests, failed: failed === 0 && status !== 0 ? 1 : failed, skipped: idle, broken }
  } catch {
    return { passed: 0, failed: 1, skipped: [], broken: ['no report was written'] }
  }
}

const place = file => relative(root, file.name)

/** A failed test with the first lines of its message: a log that keeps only its end still tells what broke. */
const said = (test, message = '') => [test, ...message.split('\n').slice(0, 12)].join('\n        ')

function heading(name) {
  console.log(`\n── ${name}`)
  return Date.now()
}

const since = from => (Date.now() - from) / 1000
