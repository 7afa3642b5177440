// A vitest reporter that writes what each test file came to, for the protocol of `npm test`: YINGZAO_TEST_REPORT names the file.
import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { root } from './sources.mjs'

/** Vitest makes it by `new`. */
export default function Report() {
  return {
    onTestRunEnd(modules, errors) {
      const files = modules.map(ofFile)
      const outside = { ...NOTHING, path: '', broken: errors.map(error => said('outside of a test', error.message)) }
      writeFileSync(process.env.YINGZAO_TEST_REPORT, JSON.stringify(errors.length > 0 ? [...files, outside] : files))
    },
  }
}

const NOTHING = { passed: 0, skipped: [], broken: [], seconds: 0 }

/** A file that does not even load has no tests, and one whose hooks fail may have none that failed: each counts as one failure. */
function ofFile(module) {
  const path = relative(root, module.moduleId)
  const tests = [...module.children.allTests()].map(test => ({ name: test.fullName, ...test.result() }))
  const suites = [...module.children.allSuites()].flatMap(suite => suite.errors())
  const failed = tests.filter(test => test.state === 'failed')
  const broken = failed.map(test => said(`${path} › ${test.name}`, test.errors[0]?.message))
  const { duration, collectDuration } = module.diagnostic()
  return {
    path,
    passed: tests.filter(test => test.state === 'passed').length,
    skipped: tests.filter(test => !['passed', 'failed'].includes(test.state)).map(test => test.name),
    broken: module.ok() || failed.length > 0 ? broken : [said(path, [...module.errors(), ...suites][0]?.message)],
    seconds: (duration + collectDuration) / 1000,
  }
}

/** A failed test with the first lines of its message: a log that keeps only its end still tells what broke. */
const said = (test, message = '') => [test, ...message.split('\n').slice(0, 12)].join('\n        ')
