// `yingzao plan evm FILE`: where a plan stands in money and time at its status date, and where it will end.
import {
  durationForecasts,
  estimateDuration,
  performance,
  planStanding,
  recordedCosts,
  WEEK,
} from '@yingzao/engines/earned-value'
import { type Decimal, exact } from '@yingzao/engines/money'
import { formatMinute, type Plan, parseMinute } from '@yingzao/engines/schedule'
import { type Answer, defineCommand, usageError } from './command.ts'
import { computed, openPlan, planArguments, planError, shownId, textTable } from './plan-file-argument.ts'

export const command = defineCommand({
  summary: {
    zh: '挣值分析：状态日期时的成本与进度绩效、完工估算和预计完工日期',
    en: 'earned value: cost and schedule performance at the status date, estimates at completion and forecast finish',
  },
  usage: ['plan evm FILE [--at DATE] [--mode ms|p6] [--project NAME]'],
  async run(args) {
    const { at, rest } = takeDate(args)
    const { files, mode, project } = planArguments(rest)
    const [file] = files
    if (file === undefined || files.length > 1) throw usageError({ zh: '请给出一个计划文件', en: 'name one plan file' })
    const { plan } = await openPlan(file, project)
    const statusDate = at ?? plan.options.statusDate
    if (statusDate === undefined) {
      throw planError('plan_evm.no_status_date', {
        zh: '文件没有状态日期，请用 --at 给出，例如 --at 2025-06-30。',
        en: 'The file has no status date; name one with --at, such as --at 2025-06-30.',
      })
    }
    const schedule = computed(plan, mode ?? plan.mode)
    const outcome = planStanding(plan, schedule, statusDate, recordedCosts(plan))
    if (!outcome.ok) {
      throw planError(outcome.error.code, {
        zh: '计划里没有可以计算挣值的任务，或时间跨度过长。',
        en: 'The plan has no tasks that could earn value, or spans too long a time.',
      })
    }
    return answer(plan, mode ?? plan.mode, outcome.standing)
  },
})

function takeDate(args: readonly string[]): { at?: number; rest: string[] } {
  const rest: string[] = []
  let at: number | undefined
  for (let i = 0; i < args.length; i++) {
    const [word = '', inline] = (args[i] ?? '').split(/=(.*)/s)
    if (word !== '--at') {
      rest.push(args[i] ?? '')
      continue
    }
    const text = inline ?? args[++i] ?? ''
    // A date alone means the end of that day.
    at = parseMinute(/T/.test(text) ? text : `${text}T23:59`)
    if (at === undefined)
      throw usageError({ zh: '--at 需要日期，如 2025-06-30', en: '--at needs a date such as 2025-06-30' })
  }
  return { ...(at !== undefined && { at }), rest }
}

type Standing = Extract<ReturnType<typeof planStanding>, { ok: true }>['standing']

const rounded = (value: number | null): number | null => (value === null ? null : Math.round(value * 10_000) / 10_000)

function answer(plan: Plan, mode: string, standing: Standing): Answer {
  const { amounts, schedule, start, unit } = standing
  const money = performance({ ...amounts, ac: amounts.ac ?? '0.00' })
  const known = amounts.ac !== null
  const dateOf = (weeks: number | null) => (weeks === null ? null : formatMinute(Math.round(start + weeks * WEEK)))
  const ratio = (value: Decimal) => exact(value).toNumber()
  const forecasts = durationForecasts(schedule, {
    ...{
      bac: ratio(amounts.bac),
      pv: ratio(amounts.pv),
      ev: ratio(amounts.ev),
      ac: known ? ratio(amounts.ac ?? '0') : 0,
    },
  })
  const estimate = estimateDuration(schedule)
  const byId = new Map(plan.tasks.map(task => [task.id, task]))
  const document = {
    ...{ mode, project: plan.name, unit, basis: standing.basis },
    ...{ statusDate: formatMinute(standing.statusDate), start: formatMinute(start) },
    plannedFinish: formatMinute(standing.plannedFinish),
    ...amounts,
    ...{ sv: money.sv, spi: money.spi, complete: money.complete },
    cv: known ? money.cv : null,
    cpi: known ? money.cpi : null,
    eac: known ? money.eac : null,
    etc: known ? money.etc : null,
    vac: known ? money.vac : null,
    tcpi: known ? money.tcpi : null,
    schedule: {
      ...{ earnedWeeks: rounded(schedule.es), plannedWeeks: rounded(schedule.pd), actualWeeks: rounded(schedule.at) },
      ...{ svt: rounded(schedule.svt), spit: rounded(schedule.spit), tspi: rounded(schedule.tspi) },
    },
    forecast: {
      expected: dateOf(estimate.expected),
      ...{ low: dateOf(estimate.low), high: dateOf(estimate.high), confidence: estimate.confidence },
      ...{ basis: estimate.basis, weight: rounded(estimate.weight) },
      methods: Object.fromEntries(Object.entries(forecasts).map(([method, weeks]) => [method, dateOf(weeks)])),
    },
    weeks: standing.weeks.map(({ at, ...values }) => ({ at: formatMinute(at), ...values })),
    tasks: standing.tasks.map(({ id, ...values }) => {
      const task = byId.get(id)
      return { id: task ? shownId(task) : id, uid: task?.uid ?? id, name: task?.name ?? '', ...values }
    }),
  }
  const shown = (value: string | number | null) => (value === null ? '—' : String(value))
  return {
    document,
    text: () =>
      [
        `${plan.name}  ${document.statusDate}  ${unit === 'cost' ? '金额 | money' : '工日 | working days'}`,
        textTable(
          ['BAC', 'PV', 'EV', 'AC', 'CV', 'SV', 'CPI', 'SPI', 'EAC', 'TCPI'],
          [
            [amounts.bac, amounts.pv, amounts.ev, amounts.ac, document.cv, document.sv, document.cpi, document.spi]
              .map(shown)
              .concat(shown(document.eac?.cpi ?? null), shown(document.tcpi)),
          ],
        ),
        `ES ${shown(document.schedule.earnedWeeks)} / AT ${shown(document.schedule.actualWeeks)}  SPI(t) ${shown(document.schedule.spit)}`,
        `预计完工 | forecast ${shown(document.forecast.expected)}（80 %：${shown(document.forecast.low)} – ${shown(document.forecast.high)}），计划 | planned ${document.plannedFinish}`,
      ].join('\n'),
  }
}
