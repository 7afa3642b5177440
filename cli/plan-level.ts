// `yingzao plan level FILE`: the shortest plan its scarce resources allow, with a proved bound of how short one can be.
import { readFile, stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { type Budget, type Levelled, level, type Problem } from '@yingzao/engines/levelling'
import { readInstance } from '@yingzao/formats/psplib'
import { type Answer, defineCommand, type Terminal, usageError } from './command.ts'
import { planError, textTable } from './plan-file-argument.ts'
import { instanceErrorText } from './plan-level-text.ts'

const DEFAULT_SECONDS = 5
/** An instance file is a few kilobytes; what is larger is something else. */
const MOST_BYTES = 64 * 1024 * 1024

export const command = defineCommand({
  summary: {
    zh: '资源平衡：在资源约束下求最短工期，并给出下界',
    en: 'levels resources: the shortest plan they allow, with a proved lower bound',
  },
  usage: ['plan level FILE [--schedules N | --seconds S] [--seed N]'],
  async run(args, terminal) {
    const { file, budget, seed } = levelArguments(args)
    const problem = await openInstance(file)
    return answer(problem, levelled(problem, budget, seed, terminal))
  },
})

interface LevelArguments {
  readonly file: string
  readonly budget: Budget
  readonly seed: number
}

function levelArguments(args: readonly string[]): LevelArguments {
  const files: string[] = []
  let budget: Budget | undefined
  let seed = 1
  for (let i = 0; i < args.length; i++) {
    const [word = '', inline] = (args[i] ?? '').split(/=(.*)/s)
    if (!word.startsWith('--')) {
      files.push(args[i] ?? '')
      continue
    }
    const text = inline ?? args[++i]
    const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text)
    if (word === '--seed' && Number.isSafeInteger(value)) seed = value
    else if (word === '--schedules' && Number.isSafeInteger(value) && value > 0 && !budget)
      budget = { schedules: value }
    else if (word === '--seconds' && value > 0 && value <= 86_400 && !budget)
      budget = { seconds: value, now: () => performance.now() }
    else if (['--seed', '--schedules', '--seconds'].includes(word))
      throw usageError({
        zh: `${word} 需要一个数；--schedules 与 --seconds 只能给一个`,
        en: `${word} needs a number; give only one of --schedules and --seconds`,
      })
    else throw usageError({ zh: `未知选项 ${word}`, en: `unknown option ${word}` })
  }
  const [file] = files
  if (file === undefined || files.length > 1) throw usageError({ zh: '请给出一个文件', en: 'name one file' })
  return { file, budget: budget ?? { seconds: DEFAULT_SECONDS, now: () => performance.now() }, seed }
}

async function openInstance(file: string): Promise<Problem> {
  const found = await stat(file).catch(() => undefined)
  if (!found?.isFile())
    throw planError('plan_file.missing', { zh: `找不到文件 ${file}`, en: `There is no file ${file}` })
  if (found.size > MOST_BYTES)
    throw planError('plan_file.too_large', {
      zh: `文件 ${file} 超过 64 MB，不是资源约束算例。`,
      en: `${file} is larger than 64 MB and no instance of resource-constrained scheduling.`,
    })
  const reading = readInstance(await readFile(file, 'utf8'))
  if (reading.ok) return reading.problem
  throw planError(reading.error.code, instanceErrorText(reading.error, extname(file)))
}

interface Timed {
  readonly result: Levelled
  readonly seconds: number
}

function levelled(problem: Problem, budget: Budget, seed: number, terminal: Terminal): Timed {
  const began = performance.now()
  let said = began
  const result = level(problem, {
    budget,
    seed,
    onProgress: ({ share, schedules, makespan, lowerBound }) => {
      if (performance.now() - said < 1000) return
      said = performance.now()
      terminal.say(`${Math.round(share * 100)} %  ${schedules} 个方案 | schedules  ${makespan} ≥ ${lowerBound}`)
    },
  })
  return { result, seconds: (performance.now() - began) / 1000 }
}

function answer(problem: Problem, { result, seconds }: Timed): Answer {
  const { makespan, criticalPathLength, lowerBound, proved, gap, schedules } = result
  const bottleneck = result.bottleneck === undefined ? {} : { bottleneck: result.bottleneck + 1 }
  const document = {
    ...{ makespan, criticalPathLength, lowerBound, proved, gap, ...bottleneck, schedules },
    seconds: Math.round(seconds * 1000) / 1000,
    start: [...result.start],
  }
  const state = proved
    ? '已证明最优 | proved optimal'
    : `与最优相差不超过 | within ${(gap * 100).toFixed(1)} %  (≥ ${lowerBound})`
  return {
    document,
    text: () =>
      [
        `工期 | makespan ${makespan}  ${state}`,
        `关键路径 | critical path ${criticalPathLength}${
          result.bottleneck === undefined ? '' : `  瓶颈资源 | bottleneck R${result.bottleneck + 1}`
        }  ${schedules} 个方案 | schedules  ${seconds.toFixed(1)} s`,
        textTable(
          ['任务 | job', '开始 | start', '完成 | finish'],
          document.start.map((at, i) => [String(i + 1), String(at), String(at + problem.duration[i]!)]),
        ),
      ].join('\n'),
  }
}
