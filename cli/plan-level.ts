// `yingzao plan level FILE`: the shortest plan its scarce resources allow, with a proved bound of how short one can be.
import { readFile, stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { level, levelWithinSlack, type Problem } from '@yingzao/engines/levelling'
import { readInstance } from '@yingzao/formats/psplib'
import { type Answer, defineCommand, type Terminal } from './command.ts'
import { openPlan, planError, textTable } from './plan-file-argument.ts'
import { everySecond, type LevelArguments, levelArguments, secondsSince } from './plan-level-argument.ts'
import { levelledPlanAnswer } from './plan-level-plan.ts'
import { instanceErrorText } from './plan-level-text.ts'

/** An instance file is a few kilobytes; what is larger is something else. */
const MOST_BYTES = 64 * 1024 * 1024

export const command = defineCommand({
  summary: {
    zh: '资源平衡：在资源约束下求最短工期，并给出下界',
    en: 'levels resources: the shortest plan they allow, with a proved lower bound',
  },
  usage: ['plan level FILE [--schedules N | --seconds S] [--seed N] [--within-slack] [--project NAME]'],
  async run(args, terminal) {
    const asked = levelArguments(args)
    if (!/\.(sm|rcp)$/i.test(asked.file)) {
      const { plan } = await openPlan(asked.file, asked.project)
      return levelledPlanAnswer(plan, asked, terminal)
    }
    const problem = await openInstance(asked.file)
    return asked.withinSlack ? smoothed(problem, asked, terminal) : levelled(problem, asked, terminal)
  },
})

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

const jobs = (problem: Problem, start: readonly number[]): string =>
  textTable(
    ['任务 | job', '开始 | start', '完成 | finish'],
    start.map((at, i) => [String(i + 1), String(at), String(at + problem.duration[i]!)]),
  )

function levelled(problem: Problem, { budget, seed }: LevelArguments, terminal: Terminal): Answer {
  const began = performance.now()
  const tell = everySecond(terminal)
  const result = level(problem, {
    budget,
    seed,
    onProgress: ({ share, schedules, makespan, lowerBound }) =>
      tell(() => `${Math.round(share * 100)} %  ${schedules} 个方案 | schedules  ${makespan} ≥ ${lowerBound}`),
  })
  const seconds = secondsSince(began)
  const { makespan, criticalPathLength, lowerBound, proved, gap, schedules, conflicts } = result
  const bottleneck = result.bottleneck === undefined ? {} : { bottleneck: result.bottleneck + 1 }
  const start = [...result.start]
  const state = proved
    ? '已证明最优 | proved optimal'
    : `与最优相差不超过 | within ${(gap * 100).toFixed(1)} %  (≥ ${lowerBound})`
  return {
    document: {
      ...{ makespan, criticalPathLength, lowerBound, proved, gap, ...bottleneck },
      ...{ schedules, conflicts, seconds, start },
    },
    text: () =>
      [
        `工期 | makespan ${makespan}  ${state}`,
        `关键路径 | critical path ${criticalPathLength}${
          result.bottleneck === undefined ? '' : `  瓶颈资源 | bottleneck R${result.bottleneck + 1}`
        }  ${schedules} 个方案 | schedules  ${seconds} s`,
        jobs(problem, start),
      ].join('\n'),
  }
}

function smoothed(problem: Problem, { budget, seed }: LevelArguments, terminal: Terminal): Answer {
  const began = performance.now()
  const tell = everySecond(terminal)
  const result = levelWithinSlack(problem, {
    budget,
    seed,
    onProgress: ({ share, overload }) => tell(() => `${Math.round(share * 100)} %  超载² | overload² ${overload}`),
  })
  const start = [...result.start]
  const overloads = result.overloads.map(o => ({ ...o, resource: o.resource + 1 }))
  return {
    document: {
      ...{ makespan: result.makespan, criticalPathLength: result.makespan, overload: result.overload, use: result.use },
      ...{ unresolved: overloads, schedules: result.schedules, seconds: secondsSince(began), start },
    },
    text: () =>
      [
        `工期不变 | finish unchanged ${result.makespan}  超载² | overload² ${result.overload}  Σ² ${result.use}`,
        ...overloads.map(
          o => `R${o.resource} ${o.from}–${o.to}: ${o.used} > ${o.capacity} 未能消除的超载 | unresolved overload`,
        ),
        jobs(problem, start),
      ].join('\n'),
  }
}
