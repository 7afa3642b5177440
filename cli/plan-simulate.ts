// `yingzao plan simulate FILE`: how likely each finish and cost of a plan is, and which tasks decide it.
import {
  costsFromPlan,
  type Findings,
  jointConfidence,
  type RiskError,
  type RiskModel,
  simulate,
} from '@yingzao/engines/risk'
import { formatMinute, type Plan } from '@yingzao/engines/schedule'
import { type Answer, defineCommand, type Text, usageError } from './command.ts'
import { takeNumbers } from './option.ts'
import { computed, openPlan, planArguments, planError, shownId, textTable } from './plan-file-argument.ts'

/** What is assumed of every task when nothing else is said: 10 % shorter at best, a quarter longer at worst. */
const USUAL_RANGE = [0.9, 1, 1.25] as const

export const command = defineCommand({
  summary: {
    zh: '蒙特卡洛模拟：完工日期和成本各有多大把握，哪些任务起决定作用',
    en: 'simulates a plan: how sure each finish and cost is, and which tasks decide it',
  },
  usage: [
    'plan simulate FILE [--iterations N] [--seed N] [--correlation R] [--range LOW,MODE,HIGH] [--mode ms|p6] [--project NAME]',
  ],
  async run(args, terminal) {
    const { numbers, rest } = takeNumbers(args, {
      '--iterations': { least: 1, most: 1_000_000, whole: true },
      '--seed': { least: 0, most: Number.MAX_SAFE_INTEGER, whole: true },
      '--correlation': { least: 0, most: 0.99 },
      '--range': { least: 0, most: 100, count: 3 },
    })
    const { files, mode, project } = planArguments(rest)
    const [file] = files
    if (file === undefined || files.length > 1) throw usageError({ zh: '请给出一个计划文件', en: 'name one plan file' })
    const [min = 0.9, likely = 1, max = 1.25] = numbers['--range'] ?? USUAL_RANGE
    if (!(min <= likely && likely <= max)) {
      throw usageError({ zh: '--range 的三个数须由小到大', en: 'the three numbers of --range must ascend' })
    }
    const { plan } = await openPlan(file, project)
    // Says what is wrong in the plan in the words of `plan compute`.
    computed(plan, mode ?? plan.mode)
    const correlation = numbers['--correlation']?.[0] ?? 0
    const options = { iterations: numbers['--iterations']?.[0] ?? 10_000, seed: numbers['--seed']?.[0] ?? 1 }
    const model: RiskModel = {
      standard: { of: 'factor', distribution: { kind: 'triangular', min, mode: likely, max } },
      correlation: { common: correlation },
      costs: costsFromPlan(plan),
    }
    const control = {
      progress: (done: number, total: number) => terminal.say(`${Math.round((100 * done) / total)} %`),
    }
    const outcome = simulate(plan, model, options, control, mode ?? plan.mode)
    if (!outcome.ok) throw planError(outcome.error.code, riskErrorText(outcome.error))
    return answer(plan, mode ?? plan.mode, outcome.findings, { correlation, range: [min, likely, max] })
  },
})

/** What a file and this command's options can still get wrong. */
function riskErrorText(error: RiskError): Text {
  if (error.code === 'risk.too_large') {
    return {
      zh: `计划太大，无法一次模拟（${error.cells} 格，最多 ${error.most}）。请按子项目拆分。`,
      en: `The plan is too large to simulate at once (${error.cells} cells of at most ${error.most}). Split it by subproject.`,
    }
  }
  return { zh: '计划无法模拟。', en: 'The plan cannot be simulated.' }
}

const rounded = (value: number, places: number) => Math.round(value * 10 ** places) / 10 ** places

function answer(
  plan: Plan,
  mode: string,
  found: Findings,
  assumed: { correlation: number; range: readonly number[] },
): Answer {
  const perDay = Math.max(1, plan.options.minutesPerDay)
  const days = (minutes: number) => rounded(minutes / perDay, 2)
  const byId = new Map(plan.tasks.map(task => [task.id, task]))
  const named = (id: string) => {
    const task = byId.get(id)
    return { id: task ? shownId(task) : id, uid: task?.uid ?? id, name: task?.name ?? '' }
  }
  const dates = (list: Findings['finish']) =>
    Object.fromEntries(
      list.map(({ p, at, between }) => [`p${p * 100}`, { at: formatMinute(at), between: between.map(formatMinute) }]),
    )
  const p80 = found.finish.find(({ p }) => p === 0.8)
  const cost80 = found.cost?.percentiles.find(({ p }) => p === 0.8)
  const document = {
    ...{ mode, project: plan.name, iterations: found.iterations, seed: found.seed, ...assumed },
    start: formatMinute(found.start),
    planned: formatMinute(found.planned),
    plannedConfidence: found.plannedConfidence,
    replayed: formatMinute(found.replayed),
    finish: dates(found.finish),
    mean: formatMinute(found.mean),
    sdDays: days(found.sd),
    mergeBiasDays: days(found.mergeBias),
    curve: found.curve.map(formatMinute),
    cost: found.cost && {
      ...Object.fromEntries(
        found.cost.percentiles.map(({ p, amount, between }) => [`p${p * 100}`, { amount, between }]),
      ),
      ...{ mean: found.cost.mean, sd: found.cost.sd, withLength: rounded(found.costWithLength ?? 0, 4) },
      jointP80: p80 && cost80 ? jointConfidence(found, p80.at, Number(cost80.amount)) : null,
    },
    tasks: found.tasks.map(({ id, mean, sd, criticality, significance, cruciality, sensitivity }) => ({
      ...named(id),
      ...{ meanDays: days(mean), sdDays: days(sd) },
      ...{ criticality: rounded(criticality, 4), significance: rounded(significance, 4) },
      ...{ cruciality: rounded(cruciality, 4), sensitivity: rounded(sensitivity, 4) },
    })),
    tornado: found.tornado.map(({ id, spearman, kendall, low, high }) => ({
      ...named(id),
      ...{
        spearman: rounded(spearman, 4),
        kendall: rounded(kendall, 4),
        low: formatMinute(low),
        high: formatMinute(high),
      },
    })),
    mergePoints: found.mergePoints.map(({ id, links, bias }) => ({ ...named(id), links, biasDays: days(bias) })),
    milestones: found.milestones.map(({ id, planned, finish }) => ({
      ...named(id),
      ...{ planned: formatMinute(planned), finish: dates(finish) },
    })),
  }
  return {
    document,
    text: () =>
      [
        `${plan.name}  ${document.iterations} 次 | runs  ${assumed.range.join(' / ')}  ρ ${assumed.correlation}`,
        `计划完工 | planned  ${document.planned}  把握 | confidence ${rounded(100 * found.plannedConfidence, 1)} %`,
        ...found.finish.map(({ p, at }) => `P${p * 100}  ${formatMinute(at)}`),
        ...(found.cost?.percentiles.map(({ p, amount }) => `P${p * 100}  成本 | cost ${amount}`) ?? []),
        '',
        textTable(
          ['ID', 'CI', 'CRI', 'SSI', '早 | low', '晚 | high', '名称 | name'],
          document.tornado.map(({ id, name, low, high }, i) => {
            const task = found.tasks.find(each => each.id === found.tornado[i]?.id)
            const shown = (value: number | undefined) => (value ?? 0).toFixed(2)
            return [
              String(id),
              shown(task?.criticality),
              shown(task?.cruciality),
              shown(task?.sensitivity),
              low,
              high,
              name,
            ]
          }),
        ),
      ].join('\n'),
  }
}
