// Instance files: what is read is what is written there; a broken file is refused with the line or job at fault.
import { criticalPathLength } from '@yingzao/engines/levelling'
import { describe, expect, test } from 'vitest'
import { readInstance } from './index.ts'

const ruler = '*'.repeat(72)
/** Source, two activities one after the other, one beside them, sink; two resources. */
const sm = `${ruler}
projects                      :  1
jobs (incl. supersource/sink ):  5
RESOURCES
  - renewable                 :  2   R
  - nonrenewable              :  0   N
${ruler}
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          2           2   4
   2        1          1           3
   3        1          1           5
   4        1          1           5
   5        1          0
${ruler}
REQUESTS/DURATIONS:
jobnr. mode duration  R 1  R 2
------------------------------------------------------------------------
  1      1     0       0    0
  2      1     3       2    0
  3      1     4       0    5
  4      1     6       1    1
  5      1     0       0    0
${ruler}
RESOURCEAVAILABILITIES:
  R 1  R 2
    2    6
${ruler}
`
const rcp = `5 2
2 6

0 0 0 2 2 4
3 2 0 1 3
4 0 5 1 5
6 1 1 1
5
0 0 0 0
`

test.each([
  ['sm', sm],
  ['rcp', rcp],
  ['sm', sm.replaceAll('\n', '\r\n')],
] as const)('a .%s file gives its jobs in order, dummies included', (format, text) => {
  const reading = readInstance(text)
  if (!reading.ok) throw new Error(reading.error.code)
  const { problem } = reading
  expect(reading.format).toBe(format)
  expect([...problem.duration]).toEqual([0, 3, 4, 6, 0])
  expect([...problem.capacity]).toEqual([2, 6])
  expect([...problem.demand]).toEqual([0, 0, 2, 0, 0, 5, 1, 1, 0, 0])
  expect([...problem.successors.list]).toEqual([1, 3, 2, 4, 4])
  expect(criticalPathLength(problem)).toBe(7)
})

describe('refused', () => {
  test.each([
    ['another file', '<Project/>', 'instance.unknown_format'],
    ['no text', '', 'instance.unknown_format'],
    ['a missing section', sm.replace('REQUESTS/DURATIONS', 'REQUESTS'), 'instance.missing_section'],
    ['a job without its row', sm.replace(/^ {2}5 .*\n/m, ''), 'instance.missing_section'],
    ['too few numbers in a row', sm.replace('6       1    1', '6       1'), 'instance.incomplete'],
    ['a word among numbers', sm.replace('6       1    1', '6       1    x'), 'instance.not_a_number'],
    ['several modes', sm.replace('   4        1', '   4        3'), 'instance.multi_mode'],
    [
      'nonrenewable resources',
      sm.replace('nonrenewable              :  0', 'nonrenewable : 2'),
      'instance.nonrenewable',
    ],
    ['a successor beyond the jobs', sm.replace('2   4', '2   9'), 'levelling.unknown_activity'],
    ['more than there is', sm.replace('    2    6', '    2    4'), 'levelling.exceeds_capacity'],
    ['numbers that stop too early', rcp.replace('6 1 1 1\n5', '6 1 1'), 'instance.incomplete'],
    ['numbers left over', `${rcp} 7`, 'instance.incomplete'],
    ['a number of jobs no file has', '9999999999 1 1', 'instance.too_large'],
  ])('%s', (_, text, code) => {
    const reading = readInstance(text)
    expect(reading.ok ? 'accepted' : reading.error.code).toBe(code)
  })
})
