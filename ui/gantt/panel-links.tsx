// The panel's links: each predecessor and successor with its type and lag.

import { formatLag, parseLag } from '@yingzao/engines/plan-text/duration'
import type { Link } from '@yingzao/engines/schedule/plan'
import { Input, Select } from 'antd'
import { useEffect, useState } from 'react'
import { cellEdits, editorText } from './cell-edit.ts'
import { refOf } from './column.ts'
import type { Controller } from './controller.ts'
import { Icon } from './icon.tsx'
import { newId } from './new-id.ts'

export function LinksTab({ controller, at }: { controller: Controller; at: number }) {
  const { outline } = controller.sheet()
  const { panel } = controller.words()
  return (
    <div className="yzg-fields">
      <LinkList
        key="before"
        controller={controller}
        title={panel.predecessors}
        links={outline.predecessors(at)}
        end="from"
      />
      <AddPredecessor key={outline.plan.tasks[at]?.id} controller={controller} at={at} />
      <LinkList key="after" controller={controller} title={panel.successors} links={outline.successors(at)} end="to" />
    </div>
  )
}

function LinkList({
  controller,
  title,
  links,
  end,
}: {
  controller: Controller
  title: string
  links: readonly Link[]
  end: 'from' | 'to'
}) {
  const { outline, lang } = controller.sheet()
  const words = controller.words()
  const editable = controller.editable()
  return (
    <section className="yzg-links">
      <h3>{title}</h3>
      {links.length === 0 ? <div className="yzg-soft">{words.panel.none}</div> : null}
      {links.map(link => {
        const task = outline.plan.tasks[outline.index.get(link[end]) ?? -1]
        return (
          <div key={link.id} className="yzg-link-row">
            <button
              type="button"
              className="yzg-link-name"
              title={task?.name}
              onClick={() => jump(controller, link[end])}
            >
              <span className="yzg-soft">{refOf(outline, link[end])}</span> {task?.name}
            </button>
            <Select
              aria-label={words.panel.type}
              disabled={!editable}
              value={link.type}
              options={(['FS', 'SS', 'FF', 'SF'] as const).map(type => ({
                value: type,
                label: type,
                title: words.link_types[type],
              }))}
              onChange={type => controller.edit([{ kind: 'link.set', id: link.id, patch: { type } }])}
            />
            <LagField
              controller={controller}
              link={link}
              text={formatLag(lang, link.lag, link.lagUnit, outline.plan.options)}
            />
            {editable ? (
              <button
                type="button"
                className="yzg-button"
                aria-label={words.panel.remove_link}
                title={words.panel.remove_link}
                onClick={() => controller.edit([{ kind: 'link.remove', ids: [link.id] }])}
              >
                <Icon name="trash" />
              </button>
            ) : null}
          </div>
        )
      })}
    </section>
  )
}

function jump(controller: Controller, task: string): void {
  controller.jumpTo(task)
  controller.open(task)
}

function LagField({ controller, link, text }: { controller: Controller; link: Link; text: string }) {
  const [typed, setTyped] = useState(text)
  useEffect(() => setTyped(text), [text])
  const words = controller.words()
  const { options } = controller.sheet().outline.plan
  const parsed = parseLag(typed, options)
  const commit = () => {
    if (typed === text) return
    if (!parsed) setTyped(text)
    else controller.edit([{ kind: 'link.set', id: link.id, patch: { lag: parsed.lag, lagUnit: parsed.unit ?? null } }])
  }
  return (
    <Input
      aria-label={words.panel.lag}
      placeholder={words.panel.lag}
      disabled={!controller.editable()}
      value={typed}
      {...(parsed ? {} : { status: 'error' as const })}
      onChange={event => setTyped(event.target.value)}
      onBlur={commit}
      onPressEnter={commit}
    />
  )
}

/** Adds to the predecessors what is typed as in the grid's cell: 3FS+2d. */
function AddPredecessor({ controller, at }: { controller: Controller; at: number }) {
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<string>()
  const words = controller.words()
  if (!controller.editable()) return null
  const add = () => {
    if (typed.trim() === '') return
    const sheet = controller.sheet()
    const current = editorText(sheet, at, 'predecessors')
    const outcome = cellEdits(sheet, at, 'predecessors', [current, typed].filter(part => part !== '').join(','), newId)
    if (!outcome.ok) setError(outcome.message)
    else if (controller.edit(outcome.edits)) {
      setTyped('')
      setError(undefined)
    }
  }
  return (
    <div className="yzg-add-link">
      <Input
        aria-label={words.panel.add_link}
        placeholder={`${words.panel.add_link}${words.colon}3FS+2d`}
        value={typed}
        {...(error ? { status: 'error' as const } : {})}
        onChange={event => setTyped(event.target.value)}
        onPressEnter={add}
        onBlur={add}
      />
      {error ? (
        <div className="yzg-bad" role="alert">
          {error}
        </div>
      ) : null}
    </div>
  )
}
