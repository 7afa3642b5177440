// The Gantt's commands: everything a key, a button or the pointer can do, in terms of the state and the session.
import { calendarClock } from '@yingzao/engines/schedule'
import type { Minute, Plan } from '@yingzao/engines/schedule/plan'
import type { Schedule } from '@yingzao/engines/schedule/result'
import { type ColumnId, calendarNames, type Sheet } from './column.ts'
import { type DateTable, datesOf, emptyDates } from './date-table.ts'
import type { GridPicture } from './grid-body.ts'
import { linkIndexOf } from './link-index.ts'
import { isParent, outlineOf, type Rows, rowsOf } from './outline.ts'
import type { Scene, ShiftsOn } from './scene.ts'
import { createStage, type Stage, type StageElements } from './stage.ts'
import { createStore, type Store } from './store.ts'
import { type Lang, texts } from './texts.ts'
import { type Palette, palettes, ROW_HEIGHT, ROW_HEIGHT_TOUCH } from './theme.ts'
import { matcherOf, openingUi, type UiState } from './ui-state.ts'

export interface Presence {
  name: string
  /** Task being edited. */
  task: string
  /** CSS colour. */
  color: string
}

export interface Surroundings {
  lang: Lang
  palette: Palette
  today: Minute | undefined
  presence: readonly Presence[]
  touch: boolean
  idPrefix: string
}

export interface Data {
  sheet: Sheet
  shiftsOn: ShiftsOn | undefined
  pending: ReadonlySet<string>
}

export interface Controller {
  ui: Store<UiState>
  data: Store<Data>
  surroundings: Store<Surroundings>
  rows: () => Rows
  stage: () => Stage | undefined
  attach: (elements: StageElements) => () => void
  receive: (plan: Plan, schedule: Schedule | undefined) => void
  toggle: (task: string) => void
  select: (task: string, how: 'one' | 'extend' | 'toggle', column?: ColumnId) => void
}

export function createController(plan: Plan, schedule: Schedule | undefined, idPrefix: string): Controller {
  const surroundings = createStore<Surroundings>({
    lang: 'zh',
    palette: palettes.light,
    today: undefined,
    presence: [],
    touch: false,
    idPrefix,
  })
  const ui = createStore<UiState>(openingUi(plan.tasks.some(task => task.baselines?.length) ? 0 : undefined))
  const data = createStore<Data>(dataOf(plan, schedule))
  let stage: Stage | undefined

  function dataOf(nextPlan: Plan, nextSchedule: Schedule | undefined): Data {
    const { lang } = surroundings.get()
    const outline = outlineOf(nextPlan)
    const dates: DateTable =
      nextSchedule && nextSchedule.tasks.length === outline.count ? datesOf(nextSchedule) : emptyDates(outline.count)
    const clock = calendarClock(nextPlan.calendars, nextPlan.options.calendar)
    return {
      sheet: {
        outline,
        dates,
        lang,
        text: texts[lang],
        baseline: ui?.get().options.baseline ?? 0,
        calendarName: calendarNames(nextPlan.calendars),
      },
      shiftsOn: clock.ok ? clock.clock.shiftsOn : undefined,
      pending: new Set(),
    }
  }

  // Rows and the link index are kept until what they depend on changes.
  let rowsKey: readonly unknown[] = []
  let rows: Rows = { tasks: new Int32Array(0), rowOf: new Int32Array(0) }
  let linkIndex = linkIndexOf(data.get().sheet.outline, rows)
  function currentRows(): Rows {
    const { sheet } = data.get()
    const { collapsed, filter } = ui.get()
    const filtered = filter.kind !== 'all' || filter.text.trim() !== ''
    const key = [sheet.outline, collapsed, filter, filtered ? sheet.dates : undefined]
    if (key.some((part, i) => part !== rowsKey[i])) {
      rowsKey = key
      rows = rowsOf(sheet.outline, collapsed, matcherOf(filter, sheet))
      linkIndex = linkIndexOf(sheet.outline, rows)
    }
    return rows
  }

  function paint(): void {
    if (!stage) return
    const { sheet, shiftsOn, pending } = data.get()
    const { selected, options, columns, collapsed, active } = ui.get()
    const { lang, palette, today, presence, touch } = surroundings.get()
    const shown = currentRows()
    const editors = new Map(presence.map(({ task, name, color }) => [task, { name, color }]))
    const statusDate = sheet.outline.plan.options.statusDate
    const scene: Scene = {
      outline: sheet.outline,
      rows: shown,
      dates: sheet.dates,
      linkIndex,
      options,
      palette,
      lang,
      text: texts[lang],
      selected,
      pending,
      presence: editors,
      ...(shiftsOn ? { shiftsOn } : {}),
      ...(today === undefined ? {} : { today }),
      ...(statusDate === undefined ? {} : { statusDate }),
    }
    const grid: GridPicture = {
      sheet,
      rows: shown,
      columns,
      collapsed,
      selected,
      pending,
      presence: editors,
      critical: options.critical,
      rowHeight: touch ? ROW_HEIGHT_TOUCH : ROW_HEIGHT,
      idPrefix,
      ...(active ? { active } : {}),
    }
    stage.show({ scene, grid })
  }

  return {
    ui,
    data,
    surroundings,
    rows: currentRows,
    stage: () => stage,
    attach(elements) {
      stage = createStage(elements)
      const stops = [ui.subscribe(paint), data.subscribe(paint), surroundings.subscribe(paint)]
      paint()
      return () => {
        for (const stop of stops) stop()
        stage?.destroy()
        stage = undefined
      }
    },
    receive(nextPlan, nextSchedule) {
      data.set(dataOf(nextPlan, nextSchedule))
    },
    toggle(task) {
      const { outline } = data.get().sheet
      const at = outline.index.get(task)
      if (at === undefined || !isParent(outline, at)) return
      const collapsed = new Set(ui.get().collapsed)
      if (!collapsed.delete(task)) collapsed.add(task)
      ui.set({ collapsed })
    },
    select(task, how, column) {
      const state = ui.get()
      const { outline } = data.get().sheet
      const active = { task, column: column ?? state.active?.column ?? 'name' }
      if (how === 'extend' && state.anchor !== undefined) {
        const { tasks, rowOf } = currentRows()
        const a = rowOf[outline.index.get(state.anchor) ?? -1] ?? -1
        const b = rowOf[outline.index.get(task) ?? -1] ?? -1
        if (a >= 0 && b >= 0) {
          const ids = Array.from(
            tasks.subarray(Math.min(a, b), Math.max(a, b) + 1),
            at => outline.plan.tasks[at]?.id ?? '',
          )
          ui.set({ selected: new Set(ids), active })
          return
        }
      }
      if (how === 'toggle') {
        const selected = new Set(state.selected)
        if (!selected.delete(task)) selected.add(task)
        ui.set({ selected, active, anchor: task })
        return
      }
      ui.set({ selected: new Set([task]), active, anchor: task })
    },
  }
}
