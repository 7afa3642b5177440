// The toolbar: editing on the left, what is shown in the middle, zoom and export on the right.
import { memo, type RefObject, useState } from 'react'
import { type BaselineKey, baselineName, ticked } from './baseline.ts'
import { type ColumnId, columns, secondColumns, varianceColumns } from './column.ts'
import type { Controller } from './controller.ts'
import { downloadPictures, printSheets } from './export.ts'
import type { ColumnPlace } from './grid-body.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-path.ts'
import { MenuButton, type MenuItem } from './menu-button.tsx'
import { People } from './people.tsx'
import { useStore } from './store.ts'
import { collapsedAtLevel, type FilterKind, type UiState } from './ui-state.ts'

export interface ToolbarProps {
  controller: Controller
  search: RefObject<HTMLInputElement | null>
}

/** Renders when its own state changes, not whenever the host gives a newer plan. */
export const Toolbar = memo(({ controller, search }: ToolbarProps) => {
  useStore(controller.surroundings, state => state.lang)
  const readOnly = useStore(controller.surroundings, state => state.readOnly)
  const compact = useStore(controller.ui, state => state.compact)
  const given = useStore(controller.surroundings, state => state.given !== undefined)
  // On a phone the bar holds what belongs to the surface in view: finding to the list, moving in time to the timeline.
  const pane = useStore(controller.ui, state => (state.compact ? state.pane : undefined))
  const canUndo = useStore(controller.session, state => state.canUndo)
  const canRedo = useStore(controller.session, state => state.canRedo)
  const critical = useStore(controller.ui, showsCritical)
  const words = controller.words()
  const stage = () => controller.stage()
  return (
    <div className="yzg-toolbar" role="toolbar" aria-label={words.toolbar}>
      {compact ? <PaneSwitch controller={controller} /> : null}
      {readOnly || compact ? null : (
        <>
          <div className="yzg-group">
            <Tool icon="undo" label={words.undo} keys="Ctrl+Z" disabled={!canUndo} onClick={controller.undo} />
            <Tool icon="redo" label={words.redo} keys="Ctrl+Y" disabled={!canRedo} onClick={controller.redo} />
          </div>
          <div className="yzg-group">
            <Tool icon="plus" label={words.insert} keys="Insert" onClick={controller.insert} />
            <Tool icon="trash" label={words.remove} keys="Delete" onClick={controller.remove} />
            <Tool icon="outdent" label={words.outdent} keys="Alt+Shift+←" onClick={controller.outdent} />
            <Tool icon="indent" label={words.indent} keys="Alt+Shift+→" onClick={controller.indent} />
            <Tool icon="link" label={words.link_selected} keys="Ctrl+F2" onClick={controller.linkSelected} />
          </div>
        </>
      )}
      <div className="yzg-group">
        {compact || given ? null : (
          <Tool
            icon="critical"
            label={words.critical}
            text={words.critical}
            pressed={critical}
            onClick={() => toggleCritical(controller)}
          />
        )}
        {compact || given ? null : <PathsTool controller={controller} />}
        {given ? null : <FilterMenu controller={controller} />}
        <LevelMenu controller={controller} />
      </div>
      {pane === 'chart' ? null : <Search controller={controller} input={search} />}
      <div className="yzg-space" />
      {given ? null : (
        <div className="yzg-group">
          <ShowMenu controller={controller} />
          {compact ? null : <ColumnMenu controller={controller} />}
        </div>
      )}
      <div className="yzg-group">
        {compact ? null : (
          <>
            <Tool icon="minus" label={words.zoom_out} onClick={() => stage()?.zoom(1 / 1.5)} />
            <Tool icon="plus" label={words.zoom_in} onClick={() => stage()?.zoom(1.5)} />
          </>
        )}
        {pane === 'list' ? null : (
          <>
            <Tool icon="fit" label={words.fit} onClick={() => stage()?.fit()} />
            <Today controller={controller} />
          </>
        )}
      </div>
      <ExportMenu controller={controller} />
      <People controller={controller} />
    </div>
  )
})

function Tool({
  icon,
  label,
  keys,
  text,
  disabled,
  pressed,
  onClick,
}: {
  icon: IconName
  label: string
  keys?: string
  text?: string
  disabled?: boolean
  pressed?: boolean
  onClick?: () => void
}) {
  return (
    <button
      type="button"
      className="yzg-button"
      aria-label={label}
      title={keys ? `${label} (${keys})` : label}
      disabled={disabled}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      onClick={onClick}
    >
      <Icon name={icon} />
      {text ? <span>{text}</span> : null}
    </button>
  )
}

function PaneSwitch({ controller }: { controller: Controller }) {
  const pane = useStore(controller.ui, state => state.pane)
  const words = controller.words()
  return (
    <fieldset className="yzg-switch">
      {(['list', 'chart'] as const).map(value => (
        <button
          key={value}
          type="button"
          aria-pressed={pane === value}
          onClick={() => controller.ui.set({ pane: value })}
        >
          {words[value]}
        </button>
      ))}
    </fieldset>
  )
}

/** Float paths take the colours: then red says nothing of being critical. */
const showsCritical = ({ options, paths }: UiState): boolean => options.critical && paths === undefined

function toggleCritical(controller: Controller): void {
  const critical = !showsCritical(controller.ui.get())
  controller.endPaths()
  controller.ui.set({ options: { ...controller.ui.get().options, critical } })
}

function PathsTool({ controller }: { controller: Controller }) {
  const open = useStore(controller.ui, state => state.paths !== undefined)
  const { paths } = controller.words()
  return (
    <Tool
      icon="paths"
      label={paths.open}
      text={paths.name}
      pressed={open}
      onClick={() => (open ? controller.endPaths() : controller.tracePaths({}))}
    />
  )
}

function FilterMenu({ controller }: { controller: Controller }) {
  const filter = useStore(controller.ui, state => state.filter)
  const tracing = useStore(controller.ui, state => state.paths !== undefined)
  const compact = useStore(controller.ui, state => state.compact)
  const words = controller.words()
  const kinds: [FilterKind, string][] = [
    ['all', words.all],
    ['critical', words.only_critical],
    ['late', words.only_late],
    ['milestones', words.only_milestones],
    ...(tracing ? [['paths', words.only_paths] satisfies [FilterKind, string]] : []),
  ]
  const chosen = kinds.find(([kind]) => kind === filter.kind)?.[1] ?? ''
  return (
    <MenuButton
      icon="filter"
      label={words.filter}
      {...(compact ? {} : { text: filter.kind === 'all' ? words.filter : chosen })}
      active={filter.kind !== 'all'}
      items={kinds.map(([kind, label]) => ({
        key: kind,
        checked: kind === filter.kind,
        label,
        onClick: () => controller.ui.set({ filter: { ...controller.ui.get().filter, kind } }),
      }))}
    />
  )
}

function LevelMenu({ controller }: { controller: Controller }) {
  const deepest = useStore(controller.viewer.store, state => state.outline.deepest)
  const words = controller.words()
  const level = (n: number) => () => controller.ui.set({ collapsed: collapsedAtLevel(controller.sheet(), n) })
  return (
    <MenuButton
      icon="levels"
      label={words.level}
      items={[
        { key: 'all', label: words.expand_all, onClick: () => controller.ui.set({ collapsed: new Set() }) },
        { key: 'none', label: words.collapse_all, onClick: level(1) },
        ...Array.from({ length: Math.min(deepest, 8) }, (_, i) => ({
          key: String(i + 2),
          divided: i === 0,
          label: words.level_n(i + 2),
          onClick: level(i + 2),
        })),
      ]}
    />
  )
}

/** Typing filters nothing away: Enter jumps from match to match, Shift+Enter backwards; the funnel keeps only matches. */
function Search({ controller, input }: { controller: Controller; input: RefObject<HTMLInputElement | null> }) {
  const [text, setText] = useState('')
  const [missing, setMissing] = useState(false)
  const filtered = useStore(controller.ui, state => state.filter.text)
  const words = controller.words()
  return (
    <div className="yzg-search" data-missing={missing}>
      <Icon name="search" />
      <input
        ref={input}
        type="search"
        aria-label={words.search}
        placeholder={words.search}
        title={words.search_hint}
        value={text}
        onChange={event => {
          setText(event.target.value)
          setMissing(false)
          if (filtered !== '')
            controller.ui.set({ filter: { ...controller.ui.get().filter, text: event.target.value } })
        }}
        onKeyDown={event => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Enter') setMissing(!controller.find(text, event.shiftKey))
          if (event.key === 'Escape') {
            setText('')
            controller.ui.set({ filter: { ...controller.ui.get().filter, text: '' } })
          }
        }}
      />
      <button
        type="button"
        className="yzg-button"
        aria-label={words.filter_by_text}
        title={words.filter_by_text}
        aria-pressed={filtered !== ''}
        disabled={text.trim() === '' && filtered === ''}
        onClick={() =>
          controller.ui.set({ filter: { ...controller.ui.get().filter, text: filtered === '' ? text : '' } })
        }
      >
        <Icon name="filter" />
      </button>
    </div>
  )
}

function ShowMenu({ controller }: { controller: Controller }) {
  const options = useStore(controller.ui, state => state.options)
  const places = useStore(controller.ui, state => state.columns)
  const numbers = useStore(controller.viewer.store, state => state.outline.baselines)
  const named = useStore(controller.surroundings, state => state.baselines)
  const words = controller.words()
  const set = (patch: Partial<typeof options>) =>
    controller.ui.set({ options: { ...controller.ui.get().options, ...patch } })
  const keys: BaselineKey[] = [...numbers, ...named.map(({ key }) => key)]
  const shown = options.baselines.filter(key => keys.includes(key))
  const wanted: readonly ColumnId[] = [...varianceColumns, ...(shown.length > 1 ? secondColumns : [])]
  const hasColumns = wanted.every(id => places.some(place => place.id === id))
  // On a phone this menu holds what has buttons of its own on a wide screen; its columns are fixed.
  const compact = useStore(controller.ui, state => state.compact)
  const critical = useStore(controller.ui, showsCritical)
  const tracing = useStore(controller.ui, state => state.paths !== undefined)
  const onPhone: MenuItem[] = [
    { key: 'critical', checked: critical, label: words.critical, onClick: () => toggleCritical(controller) },
    {
      key: 'paths',
      checked: tracing,
      label: words.paths.name,
      closes: true,
      onClick: () => {
        if (tracing) return controller.endPaths()
        controller.tracePaths({})
        // The paths are colours of the bars.
        controller.ui.set({ pane: 'chart' })
      },
    },
  ]
  return (
    <MenuButton
      icon="baseline"
      label={words.show}
      {...(compact ? {} : { text: words.show })}
      items={[
        ...(compact ? onPhone : []),
        {
          key: 'links',
          divided: compact,
          checked: options.links,
          label: words.show_links,
          onClick: () => set({ links: !options.links }),
        },
        {
          key: 'floats',
          checked: options.floats,
          label: words.show_float,
          onClick: () => set({ floats: !options.floats }),
        },
        {
          key: 'labels',
          checked: options.labels,
          label: words.show_labels,
          onClick: () => set({ labels: !options.labels }),
        },
        {
          key: 'none',
          divided: true,
          checked: shown.length === 0,
          label: words.baseline_none,
          onClick: () => set({ baselines: [] }),
        },
        ...keys.map((key, at) => ({
          key: `b${key}`,
          divided: at === numbers.length && at > 0,
          checked: shown.includes(key),
          label: baselineName(words, key, named),
          onClick: () => set({ baselines: ticked(shown, key) }),
        })),
        ...(shown.length === 0 || compact
          ? []
          : [
              {
                key: 'variance',
                divided: true,
                checked: hasColumns,
                label: words.baseline_columns,
                onClick: () =>
                  controller.ui.set({
                    columns: hasColumns
                      ? places.filter(({ id }) => ![...varianceColumns, ...secondColumns].includes(id))
                      : withVariance(places, wanted),
                  }),
              },
            ]),
      ]}
      stay
    />
  )
}

/** Beside the finish, where it is compared. */
function withVariance(places: readonly ColumnPlace[], wanted: readonly ColumnId[]): readonly ColumnPlace[] {
  const others = places.filter(({ id }) => !wanted.includes(id))
  const after = others.findIndex(({ id }) => id === 'finish') + 1 || others.length
  return [...others.slice(0, after), ...wanted.map(id => ({ id, width: columns[id].width })), ...others.slice(after)]
}

function ColumnMenu({ controller }: { controller: Controller }) {
  const places = useStore(controller.ui, state => state.columns)
  const words = controller.words()
  const all: ColumnId[] = []
  let id: ColumnId
  for (id in columns) if (id !== 'dates') all.push(id)
  return (
    <MenuButton
      icon="columns"
      label={words.choose_columns}
      text={words.choose_columns}
      stay
      items={all.map(column => {
        const on = places.some(place => place.id === column)
        return {
          key: column,
          checked: on,
          label: words.columns[column],
          disabled: column === 'name',
          onClick: () =>
            controller.ui.set({
              columns: on
                ? places.filter(place => place.id !== column)
                : [...places, { id: column, width: columns[column].width }],
            }),
        }
      })}
    />
  )
}

function Today({ controller }: { controller: Controller }) {
  const today = useStore(controller.surroundings, state => state.today)
  const words = controller.words()
  if (today === undefined) return null
  return <Tool icon="today" label={words.today} onClick={() => controller.stage()?.showMinute(today)} />
}

function ExportMenu({ controller }: { controller: Controller }) {
  const words = controller.words()
  const picture = (what: 'view' | 'plan') => void downloadPictures(controller, what)
  return (
    <MenuButton
      icon="export"
      label={words.export}
      items={[
        { key: 'view', label: words.export_view, onClick: () => picture('view') },
        { key: 'plan', label: words.export_plan, onClick: () => picture('plan') },
        { key: 'A3', divided: true, label: words.print_a3, onClick: () => printSheets(controller, 'A3') },
        { key: 'A4', label: words.print_a4, onClick: () => printSheets(controller, 'A4') },
      ]}
    />
  )
}
