// What follows from the Gantt's stores: the sheet, its rows, its columns and the pictures to draw. Kept until an input changes.
import { baselineName, baselineOf } from './baseline.ts'
import { calendarNames, type Sheet } from './column.ts'
import { type Given, shownAt, wordsOf } from './given.ts'
import type { GridPicture } from './grid-body.ts'
import { linkIndexOf } from './link-index.ts'
import { type Outline, type Rows, rowsOf } from './outline.ts'
import { type PathView, pathNumbers } from './path-view.ts'
import type { PlanViewer } from './plan-view.ts'
import { placesOf } from './presence.ts'
import type { Scene } from './scene.ts'
import type { SessionState } from './session.ts'
import type { Store } from './store.ts'
import type { Surroundings } from './surroundings.ts'
import { texts } from './texts.ts'
import { ROW_HEIGHT, ROW_HEIGHT_TOUCH } from './theme.ts'
import { matcherOf, NEW_ROW, shownColumns, type UiState } from './ui-state.ts'

/** Late is measured by the plan's own baseline even when none is drawn. */
const USUAL_BASELINE = baselineOf(0, new Map())

export type Derived = ReturnType<typeof createDerived>

export function createDerived(
  stores: {
    ui: Store<UiState>
    surroundings: Store<Surroundings>
    viewer: PlanViewer
    session: Store<SessionState>
    paths: Store<PathView>
  },
  idPrefix: string,
) {
  const { ui, surroundings, viewer, session, paths } = stores
  /** Width of the table's pane, told when it is laid out: on a phone the columns follow it. */
  let paneWidth = 0

  const numbers = keep(
    () => {
      const { outline } = viewer.store.get()
      return [paths.get().found, outline.index] as const
    },
    ([found, index]) => found && pathNumbers(found.paths, index, index.size),
  )
  const baselines = keep(
    () => {
      const { lang, baselines: named } = surroundings.get()
      return [ui.get().options.baselines, ui.get().kept, named, lang] as const
    },
    ([keys, kept, named, lang]) =>
      keys.map(key => ({ name: baselineName(texts[lang], key, named), of: baselineOf(key, kept) })),
  )
  const sheet = keep(
    () => {
      const { outline, dates, preview } = viewer.store.get()
      const { lang, people, given } = surroundings.get()
      return [outline, preview ?? dates, lang, baselines(), people, numbers(), given] as const
    },
    ([outline, dates, lang, [first, second], people, paths, given]): Sheet => ({
      outline,
      dates,
      lang,
      text: wordsOf(texts[lang], given),
      baseline: first?.of ?? USUAL_BASELINE,
      calendarName: calendarNames(outline.plan.calendars),
      people,
      ...(second && { second: second.of }),
      ...(paths && { paths }),
    }),
  )
  const filtered = () => ui.get().filter.kind !== 'all' || ui.get().filter.text.trim() !== ''
  const rows = keep(
    () => {
      const { outline, dates } = viewer.store.get()
      const { collapsed, filter } = ui.get()
      const matched = filtered() ? { outline, dates } : undefined
      // Without a filter the rows follow from the tree alone: an edit of a task leaves them as they are.
      const traced = filter.kind === 'paths' ? numbers() : undefined
      return [outline.parent, collapsed, filter, matched?.outline, matched?.dates, traced] as const
    },
    ([, collapsed, filter]) => rowsOf(viewer.store.get().outline, collapsed, matcherOf(filter, sheet())),
  )
  const linkIndex = keep(
    () => [viewer.store.get().outline.linkFrom, rows(), surroundings.get().given] as const,
    ([, shown, given]) => linkIndexOf(viewer.store.get().outline, endRows(viewer.store.get().outline, shown, given)),
  )
  const people = keep(
    () => [surroundings.get().presence] as const,
    ([presence]) => placesOf(presence),
  )
  const editable = () => !surroundings.get().readOnly
  const columns = keep(
    () => [ui.get().columns, ui.get().compact, paneWidth] as const,
    ([places, compact, width]) => shownColumns(places, compact, width),
  )

  function scene(): Scene {
    const { outline, dates, preview, shiftsOn, computed, awaited } = viewer.store.get()
    const { selected, options, paths: look } = ui.get()
    const traced = look && numbers()
    const { lang, palette, today, given } = surroundings.get()
    const { statusDate } = outline.plan.options
    return {
      outline,
      rows: rows(),
      dates: preview ?? dates,
      computed,
      awaited,
      linkIndex: linkIndex(),
      options,
      baselines: baselines(),
      ...(traced && { paths: { numbers: traced, ...(look.chosen !== undefined && { chosen: look.chosen }) } }),
      palette,
      lang,
      text: wordsOf(texts[lang], given),
      selected,
      pending: session.get().pendingTasks,
      presence: people(),
      ...(preview ? { before: dates } : {}),
      ...(shiftsOn ? { shiftsOn } : {}),
      ...(given ? { given } : {}),
      ...(today === undefined ? {} : { today }),
      ...(statusDate === undefined ? {} : { statusDate }),
    }
  }

  function grid(): GridPicture {
    const { selected, options, collapsed, active } = ui.get()
    const { touch } = surroundings.get()
    return {
      sheet: sheet(),
      rows: rows(),
      columns: columns(),
      collapsed,
      selected,
      pending: session.get().pendingTasks,
      presence: people(),
      critical: options.critical,
      rowHeight: touch ? ROW_HEIGHT_TOUCH : ROW_HEIGHT,
      idPrefix,
      newRow: editable() && !filtered() && !ui.get().compact,
      ...(active ? { active } : {}),
    }
  }

  const taskAtRow = (row: number) => sheet().outline.plan.tasks[rows().tasks[row] ?? -1]
  const rowOf = (task: string) => {
    if (task === NEW_ROW) return rows().tasks.length
    const at = sheet().outline.index.get(task)
    return at === undefined ? -1 : (rows().rowOf[at] ?? -1)
  }
  /** Selected tasks in plan order; without a selection the active one. */
  const chosen = (): string[] => {
    const { selected, active } = ui.get()
    const ids = selected.size > 0 ? [...selected] : active && active.task !== NEW_ROW ? [active.task] : []
    const { index } = sheet().outline
    return ids.filter(id => index.has(id)).sort((a, b) => index.get(a)! - index.get(b)!)
  }
  return {
    sheet,
    rows,
    columns,
    scene,
    grid,
    editable,
    filtered,
    taskAtRow,
    rowOf,
    chosen,
    paneWidth: () => paneWidth,
    setPaneWidth(width: number) {
      paneWidth = width
    },
  }
}

/** Rows at which links end: with given dates, links of rows that are folded away end at the row they are folded into. */
function endRows(outline: Outline, rows: Rows, given: Given | undefined): Rows {
  if (!given) return rows
  const rowOf = rows.rowOf.map((_, task) => rows.rowOf[shownAt(outline, rows, task)] ?? -1)
  return { tasks: rows.tasks, rowOf }
}

/** A value made anew only when one of its inputs is another. */
function keep<K extends readonly unknown[], V>(inputs: () => K, make: (inputs: K) => V): () => V {
  let last: { key: K; value: V } | undefined
  return () => {
    const key = inputs()
    if (!last || key.some((part, i) => !Object.is(part, last?.key[i]))) last = { key, value: make(key) }
    return last.value
  }
}
