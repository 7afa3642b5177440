// The panel of float paths: to which task, each path with its room, its tasks, and one brought out in the chart.

import { formatDuration } from '@yingzao/engines/plan-text/duration'
import type { FloatPath } from '@yingzao/engines/schedule/float-path'
import { Checkbox, ConfigProvider, Select } from 'antd'
import { useEffect, useMemo, useRef } from 'react'
import type { Controller } from './controller.ts'
import { Icon } from './icon.tsx'
import { isMilestone, isParent, rowNumber } from './outline.ts'
import { useStore } from './store.ts'
import { FONT } from './theme.ts'
import { NEW_ROW } from './ui-state.ts'

const FORM_THEME = { token: { fontFamily: FONT, fontSize: 13 } }
/** Stands for "the task that finishes last" in the list of targets. */
const LAST = ''

export function PathsPanel({ controller }: { controller: Controller }) {
  const look = useStore(controller.ui, state => state.paths)
  const filter = useStore(controller.ui, state => state.filter)
  const active = useStore(controller.ui, state => state.active?.task)
  const outline = useStore(controller.viewer.store, state => state.outline)
  const { found, failed } = useStore(controller.paths, state => state)
  useStore(controller.surroundings, state => state.lang)
  const words = controller.words()
  const text = words.paths
  const targets = useMemo(() => {
    const leaves = outline.plan.tasks.flatMap((task, at) =>
      isParent(outline, at) || task.inactive ? [] : [{ task, at }],
    )
    const option = ({ task, at }: (typeof leaves)[number]) => ({
      value: task.id,
      label: `${rowNumber(outline, at)} ${task.name}`,
    })
    return [
      { value: LAST, label: text.last },
      { label: text.milestones, options: leaves.filter(({ task }) => isMilestone(task)).map(option) },
      { label: text.tasks, options: leaves.filter(({ task }) => !isMilestone(task)).map(option) },
    ]
  }, [outline, text])
  if (!look) return null
  const change = (patch: { target?: string; chosen?: number }) => controller.tracePaths(patch)
  const keep = look.target === undefined ? {} : { target: look.target }
  const toggle = (number: number) => change(look.chosen === number ? keep : { ...keep, chosen: number })
  const usable = active !== undefined && active !== NEW_ROW && active !== look.target && outline.index.has(active)
  return (
    <ConfigProvider theme={FORM_THEME} componentSize="small">
      <aside
        className="yzg-panel yzg-paths"
        aria-label={text.name}
        onKeyDown={event => {
          if (event.key !== 'Escape' || event.nativeEvent.isComposing || event.defaultPrevented) return
          if (look.chosen === undefined) controller.endPaths()
          else change(keep)
        }}
      >
        <header className="yzg-panel-head">
          <h2>{text.name}</h2>
          <button
            type="button"
            className="yzg-button"
            aria-label={words.close}
            title={words.close}
            onClick={() => controller.endPaths()}
          >
            <Icon name="close" />
          </button>
        </header>
        <div className="yzg-panel-body yzg-fields">
          <div className="yzg-path-target">
            <span>{text.target}</span>
            <Select
              aria-label={text.target}
              showSearch={{ optionFilterProp: 'label' }}
              value={look.target ?? LAST}
              options={targets}
              onChange={value => change(value === LAST ? {} : { target: value })}
            />
          </div>
          <div className="yzg-path-choice">
            <Checkbox
              checked={filter.kind === 'paths'}
              onChange={event =>
                controller.ui.set({ filter: { ...filter, kind: event.target.checked ? 'paths' : 'all' } })
              }
            >
              {text.only}
            </Checkbox>
            <button
              type="button"
              className="yzg-button"
              disabled={!usable}
              onClick={() => active !== undefined && change({ target: active })}
            >
              {text.use_chosen}
            </button>
          </div>
          <p className="yzg-soft">{text.note}</p>
          {failed ? (
            <p className="yzg-bad" role="alert">
              {text.failed}
            </p>
          ) : found ? (
            found.paths.length === 0 ? (
              <p className="yzg-soft">{text.empty}</p>
            ) : (
              <PathList controller={controller} paths={found.paths} chosen={look.chosen} toggle={toggle} />
            )
          ) : (
            <p className="yzg-soft">{words.loading}</p>
          )}
        </div>
      </aside>
    </ConfigProvider>
  )
}

function PathList({
  controller,
  paths,
  chosen,
  toggle,
}: {
  controller: Controller
  paths: readonly FloatPath[]
  chosen: number | undefined
  toggle: (number: number) => void
}) {
  const { outline, lang } = controller.sheet()
  const text = controller.words().paths
  const compact = useStore(controller.ui, state => state.compact)
  const list = useRef<HTMLDivElement>(null)
  // The keyboard begins here as soon as there is something to choose.
  useEffect(() => {
    list.current?.querySelector('button')?.focus({ preventScroll: true })
  }, [])
  const nameOf = (task: string | undefined) => outline.plan.tasks[outline.index.get(task ?? '') ?? -1]?.name ?? ''
  const room = (float: number) => {
    const duration = formatDuration(lang, Math.abs(float), outline.plan.options)
    return float === 0 ? text.none_left : float < 0 ? text.late(duration) : text.float(duration)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has a frame and a legend that this list needs not
    <div
      ref={list}
      role="group"
      aria-label={`${text.list}。${text.keys}`}
      className="yzg-path-list"
      onKeyDown={event => {
        const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
        if (step === 0) return
        event.preventDefault()
        const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button[data-path]')]
        const at = buttons.findIndex(button => button.matches(':focus'))
        const next = buttons[Math.max(0, Math.min(buttons.length - 1, at + step))]
        next?.focus()
        if (next && Number(next.dataset.path) !== chosen) toggle(Number(next.dataset.path))
      }}
    >
      {paths.map(path => {
        const open = path.number === chosen
        return (
          <div key={path.number} className="yzg-path">
            <button
              type="button"
              data-path={path.number}
              aria-expanded={open}
              onClick={() => {
                toggle(path.number)
                // On a phone little of the chart is in view: the path is brought there.
                const [first] = path.tasks
                if (compact && !open && first !== undefined) controller.jumpTo(first)
              }}
              onKeyDown={event => {
                const [first] = path.tasks
                if (event.key !== 'Enter' || first === undefined) return
                event.preventDefault()
                if (!open) toggle(path.number)
                controller.jumpTo(first)
              }}
            >
              <span className="yzg-path-number" data-number={Math.min(9, path.number)}>
                {path.number}
              </span>
              <span className="yzg-path-name">
                {nameOf(path.tasks[0])} → {nameOf(path.tasks.at(-1))}
              </span>
              <span className={path.float < 0 ? 'yzg-bad' : 'yzg-path-room'}>{room(path.float)}</span>
              <span className="yzg-soft yzg-path-more">
                {text.count(path.tasks.length)}
                {path.joins === undefined ? '' : ` · ${text.joins(nameOf(path.joins))}`}
              </span>
            </button>
            {open ? (
              <ol>
                {path.tasks.map(task => (
                  <li key={task}>
                    <button type="button" className="yzg-link-name" onClick={() => controller.jumpTo(task)}>
                      <span className="yzg-soft">{rowNumber(outline, outline.index.get(task) ?? 0)}</span>{' '}
                      {nameOf(task)}
                    </button>
                  </li>
                ))}
              </ol>
            ) : null}
          </div>
        )
      })}
    </div>
  )
}
