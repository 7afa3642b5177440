// The task panel: everything about one task, and why its dates are what they are. It stays open while others are chosen.
import { Checkbox, ConfigProvider, Input, InputNumber, Select } from 'antd'
import { type ReactNode, useEffect, useId, useState } from 'react'
import type { ColumnId } from './column.ts'
import type { Controller } from './controller.ts'
import { Icon } from './icon.tsx'
import { isMilestone, rowNumber } from './outline.ts'
import { ConstraintTab } from './panel-constraint.tsx'
import { CellField, Field } from './panel-field.tsx'
import { LinksTab } from './panel-links.tsx'
import { WhyTab } from './panel-why.tsx'
import { useStore } from './store.ts'
import { FONT } from './theme.ts'

/** The form kit's fields in the Gantt's own type; colours stay the host's. */
const FORM_THEME = { token: { fontFamily: FONT, fontSize: 13 } }

export function Panel({ controller }: { controller: Controller }) {
  const id = useStore(controller.ui, state => state.panel)
  const outline = useStore(controller.viewer.store, state => state.outline)
  useStore(controller.viewer.store, state => state.dates)
  useStore(controller.surroundings, state => state.lang)
  const people = useStore(controller.surroundings, state => state.people)
  const durationNote = useStore(controller.surroundings, state => state.durationNote)
  const taskMore = useStore(controller.surroundings, state => state.taskMore)
  const touch = useStore(controller.surroundings, state => state.touch)
  const at = id === undefined ? undefined : outline.index.get(id)
  const task = at === undefined ? undefined : outline.plan.tasks[at]
  // A task deleted by a colleague closes its panel.
  useEffect(() => {
    if (id !== undefined && !task) controller.open(undefined)
  }, [controller, id, task])
  if (at === undefined || !task) return null
  const words = controller.words()
  const { panel } = words
  const editable = controller.editable()
  const set = (patch: Parameters<typeof patchEdit>[1]) => controller.edit([patchEdit(task.id, patch)])
  const field = (column: ColumnId, label: string) => (
    <CellField key={`${task.id}/${column}`} controller={controller} at={at} column={column} label={label} />
  )

  return (
    <ConfigProvider theme={FORM_THEME} componentSize={touch ? 'large' : 'small'}>
      <aside
        className="yzg-panel"
        aria-label={task.name}
        onKeyDown={event => {
          // A dialog that the panel opened has its own Escape, and stands elsewhere on the page.
          const within = event.target instanceof Node && event.currentTarget.contains(event.target)
          if (within && event.key === 'Escape' && !event.nativeEvent.isComposing) controller.open(undefined)
        }}
      >
        <header className="yzg-panel-head">
          <span className="yzg-soft">{rowNumber(outline, at)}</span>
          <h2>{task.name}</h2>
          <button
            type="button"
            className="yzg-button"
            aria-label={words.close}
            title={words.close}
            onClick={() => controller.open(undefined)}
          >
            <Icon name="close" />
          </button>
        </header>
        <Tabs
          items={[
            {
              key: 'general',
              label: panel.general,
              children: (
                <div className="yzg-fields">
                  {field('name', panel.name)}
                  {field('code', panel.code)}
                  {field('duration', panel.duration)}
                  {durationNote?.({
                    plan: outline.plan,
                    task: task.id,
                    ...(editable ? { edit: controller.edit } : {}),
                  })}
                  {field('start', words.columns.start)}
                  {field('finish', words.columns.finish)}
                  <Field label={words.columns.responsible}>
                    <Select
                      aria-label={words.columns.responsible}
                      disabled={!editable}
                      allowClear
                      showSearch={{ optionFilterProp: 'label' }}
                      value={task.responsible ?? null}
                      options={[...people].map(([value, label]) => ({ value, label }))}
                      onChange={value => set({ responsible: value ?? null })}
                    />
                  </Field>
                  {field('resources', panel.resources)}
                  <Field label={panel.calendar}>
                    <Select
                      aria-label={panel.calendar}
                      disabled={!editable}
                      value={task.calendar ?? ''}
                      options={[
                        { value: '', label: panel.project_calendar },
                        ...outline.plan.calendars
                          .filter(item => !item.resourceOwned)
                          .map(item => ({ value: item.id, label: item.name })),
                      ]}
                      onChange={value => set({ calendar: value === '' ? null : value })}
                    />
                  </Field>
                  <Field label={panel.priority}>
                    <InputNumber
                      aria-label={panel.priority}
                      min={0}
                      max={1000}
                      disabled={!editable}
                      value={task.priority ?? 500}
                      onChange={value => value !== null && set({ priority: Math.round(value) })}
                    />
                  </Field>
                  <div className="yzg-checks">
                    <Checkbox
                      disabled={!editable}
                      checked={isMilestone(task)}
                      onChange={event =>
                        set(
                          event.target.checked
                            ? { kind: 'milestone', milestone: true }
                            : { kind: 'task', milestone: null },
                        )
                      }
                    >
                      {panel.milestone}
                    </Checkbox>
                    {outline.plan.mode === 'ms' ? (
                      <Checkbox
                        disabled={!editable}
                        checked={task.manual === true}
                        onChange={event => {
                          const { dates } = controller.sheet()
                          set(
                            event.target.checked
                              ? {
                                  manual: true,
                                  manualStart: dates.start[at]!,
                                  manualFinish: dates.finish[at]!,
                                  manualDuration: task.duration,
                                }
                              : {
                                  manual: null,
                                  manualStart: null,
                                  manualFinish: null,
                                  manualDuration: null,
                                  placeholder: null,
                                },
                          )
                        }}
                      >
                        {panel.manual}
                      </Checkbox>
                    ) : null}
                    <Checkbox
                      disabled={!editable}
                      checked={task.inactive === true}
                      onChange={event => set({ inactive: event.target.checked ? true : null })}
                    >
                      {panel.inactive}
                    </Checkbox>
                  </div>
                  {taskMore?.(task.id)}
                </div>
              ),
            },
            { key: 'links', label: panel.links, children: <LinksTab controller={controller} at={at} /> },
            { key: 'constraint', label: panel.constraint, children: <ConstraintTab controller={controller} at={at} /> },
            {
              key: 'progress',
              label: panel.progress,
              children: (
                <div className="yzg-fields">
                  {field('percent', panel.percent)}
                  {field('actual_start', panel.actual_start)}
                  {field('actual_finish', panel.actual_finish)}
                  <Field label={panel.physical}>
                    <InputNumber
                      aria-label={panel.physical}
                      min={0}
                      max={100}
                      disabled={!editable}
                      value={task.physicalPercentComplete ?? null}
                      onChange={value => set({ physicalPercentComplete: value })}
                    />
                  </Field>
                </div>
              ),
            },
            { key: 'why', label: panel.why, children: <WhyTab controller={controller} at={at} /> },
            {
              key: 'notes',
              label: panel.notes,
              children: <Notes key={task.id} controller={controller} id={task.id} notes={task.notes ?? ''} />,
            },
          ]}
        />
      </aside>
    </ConfigProvider>
  )
}

interface Tab {
  key: string
  label: string
  children: ReactNode
}

/** Six tabs in 380 px, so plainer than the form kit's; arrow keys go from tab to tab. */
function Tabs({ items }: { items: readonly Tab[] }) {
  const [open, setOpen] = useState(items[0]?.key)
  const id = useId()
  const chosen = items.find(item => item.key === open)
  return (
    <>
      <div
        className="yzg-tabs"
        role="tablist"
        onKeyDown={event => {
          const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
          const next = items[(items.findIndex(item => item.key === open) + step + items.length) % items.length]
          if (step === 0 || !next) return
          setOpen(next.key)
          event.currentTarget.querySelector<HTMLElement>(`[data-tab="${next.key}"]`)?.focus()
        }}
      >
        {items.map(({ key, label }) => (
          <button
            key={key}
            type="button"
            role="tab"
            id={`${id}-${key}`}
            data-tab={key}
            aria-selected={key === open}
            aria-controls={`${id}-panel`}
            tabIndex={key === open ? 0 : -1}
            onClick={() => setOpen(key)}
          >
            {label}
          </button>
        ))}
      </div>
      <div className="yzg-panel-body" role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${open}`}>
        {chosen?.children}
      </div>
    </>
  )
}

const patchEdit = (
  id: string,
  patch: Extract<Parameters<Controller['edit']>[0][number], { kind: 'task.set' }>['patch'],
) => ({
  kind: 'task.set' as const,
  id,
  patch,
})

function Notes({ controller, id, notes }: { controller: Controller; id: string; notes: string }) {
  const [text, setText] = useState(notes)
  const words = controller.words()
  useEffect(() => setText(notes), [notes])
  return (
    <Input.TextArea
      aria-label={words.panel.notes}
      placeholder={words.panel.note_hint}
      autoSize={{ minRows: 6, maxRows: 20 }}
      disabled={!controller.editable()}
      value={text}
      onChange={event => setText(event.target.value)}
      onBlur={() => {
        if (text !== notes) controller.edit([patchEdit(id, { notes: text.trim() === '' ? null : text })])
      }}
    />
  )
}
