// Parameters of a template, what repeats by them, and what leads from each copy to the next.
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import type { PlanTemplate, TemplateFlow, TemplateParameter } from '@yingzao/engines/plan-template'
import type { LinkType } from '@yingzao/engines/schedule/plan'
import { newId } from '@yingzao/platform/client'
import { useSay } from '@yingzao/ui/data/say'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Button, Input, InputNumber, Select } from 'antd'
import { type ReactNode, useMemo, useState } from 'react'
import { text } from './template-text.ts'

interface Props {
  readonly template: PlanTemplate
  readonly may: boolean
  readonly onSave: (template: PlanTemplate) => Promise<void>
}

const linkTypes = (['FS', 'SS', 'FF', 'SF'] as const).map(value => ({ value, label: value }))

export function TemplateRepeats({ template, may, onSave }: Props) {
  const t = useText(text)
  const say = useSay()
  const [draft, setDraft] = useState(template)
  const [busy, setBusy] = useState(false)
  const outline = useMemo(() => outlineOf(template), [template])
  const dirty = draft !== template
  const set = (change: Partial<PlanTemplate>) => setDraft({ ...draft, ...change })
  const setParameter = (key: string, change: Partial<TemplateParameter>) =>
    set({ parameters: draft.parameters.map(each => (each.key === key ? { ...each, ...change } : each)) })
  const setFlow = (at: number, change: Partial<TemplateFlow>) =>
    set({ flows: draft.flows.map((each, index) => (index === at ? { ...each, ...change } : each)) })
  const blocks = Object.entries(draft.repeats)
  const free = outline.filter(each => !Object.hasOwn(draft.repeats, each.value))
  const save = async () => {
    setBusy(true)
    try {
      await onSave(draft)
      say.good(t('savedChanges'))
    } catch (error) {
      say.bad(error)
      setBusy(false)
    }
  }
  const dropBlock = (task: string) =>
    set({
      repeats: Object.fromEntries(blocks.filter(([block]) => block !== task)),
      flows: draft.flows.filter(flow => flow.block !== task),
    })
  const bin = (name: string, act: () => void) =>
    may && <Button icon={<DeleteOutlined aria-hidden="true" />} aria-label={t('removeNamed', { name })} onClick={act} />
  const add = (label: string, disabled: boolean, act: () => void) =>
    may && (
      <div>
        <Button icon={<PlusOutlined aria-hidden="true" />} disabled={disabled} onClick={act}>
          {label}
        </Button>
      </div>
    )
  return (
    <div className="yz-template-repeats">
      <section className="yz-section">
        <h2>{t('parameters')}</h2>
        <p className="yz-soft">{t('parametersNote')}</p>
        {draft.parameters.map(({ key, name, count, first }) => (
          <div key={key} className="yz-template-line">
            <Labelled label={t('name')}>
              <Input
                value={name}
                maxLength={60}
                disabled={!may}
                onChange={event => setParameter(key, { name: event.target.value })}
              />
            </Labelled>
            <Labelled label={t('count')}>
              <InputNumber
                value={count}
                min={1}
                max={500}
                precision={0}
                disabled={!may}
                onChange={value => setParameter(key, { count: value ?? 1 })}
              />
            </Labelled>
            <Labelled label={t('first')}>
              <InputNumber
                value={first}
                min={0}
                max={9999}
                precision={0}
                disabled={!may}
                onChange={value => setParameter(key, { first: value ?? 1 })}
              />
            </Labelled>
            {bin(name, () =>
              set({
                parameters: draft.parameters.filter(each => each.key !== key),
                repeats: Object.fromEntries(blocks.filter(([, by]) => by !== key)),
                flows: draft.flows.filter(flow => draft.repeats[flow.block] !== key),
              }),
            )}
          </div>
        ))}
        {add(t('addParameter'), false, () =>
          set({ parameters: [...draft.parameters, { key: newId(), name: '', count: 3, first: 1 }] }),
        )}
      </section>
      <section className="yz-section">
        <h2>{t('blocks')}</h2>
        <p className="yz-soft">
          {outline.length === 0
            ? t('firstTasks')
            : t('blocksNote', { n: '{n}', parameter: `{${draft.parameters[0]?.name || t('name')}}` })}
        </p>
        {blocks.map(([task, by]) => {
          const inside = withinOf(template, task, outline)
          const name = outline.find(each => each.value === task)?.label.trim() ?? ''
          return (
            <div key={task} className="yz-template-block">
              <div className="yz-template-line">
                <Labelled label={t('task')}>
                  <Select
                    value={task}
                    disabled={!may}
                    showSearch={{ optionFilterProp: 'label' }}
                    options={[...outline.filter(each => each.value === task), ...free]}
                    onChange={next =>
                      set({
                        repeats: Object.fromEntries(blocks.map(([was, key]) => [was === task ? next : was, key])),
                        flows: draft.flows.filter(flow => flow.block !== task),
                      })
                    }
                  />
                </Labelled>
                <Labelled label={t('by')}>
                  <Select
                    value={by}
                    disabled={!may}
                    options={draft.parameters.map(each => ({ value: each.key, label: each.name }))}
                    onChange={key => set({ repeats: { ...draft.repeats, [task]: key } })}
                  />
                </Labelled>
                {bin(name, () => dropBlock(task))}
              </div>
              <div className="yz-template-flows">
                <strong>{t('flows')}</strong>
                {draft.flows.every(flow => flow.block !== task) && <span className="yz-soft">{t('flowsNote')}</span>}
                {draft.flows.map((flow, at) =>
                  flow.block !== task ? null : (
                    <div key={at} className="yz-template-line">
                      <Labelled label={t('from')}>
                        <Select
                          value={flow.from}
                          disabled={!may}
                          options={inside}
                          onChange={from => setFlow(at, { from })}
                        />
                      </Labelled>
                      <Labelled label={t('to')}>
                        <Select value={flow.to} disabled={!may} options={inside} onChange={to => setFlow(at, { to })} />
                      </Labelled>
                      <Labelled label={t('type')}>
                        <Select<LinkType>
                          value={flow.type}
                          disabled={!may}
                          options={linkTypes}
                          onChange={type => setFlow(at, { type })}
                        />
                      </Labelled>
                      <Labelled label={t('lag')}>
                        <InputNumber
                          value={flow.lag / template.minutesPerDay}
                          disabled={!may}
                          onChange={days => setFlow(at, { lag: Math.round((days ?? 0) * template.minutesPerDay) })}
                        />
                      </Labelled>
                      {bin(t('flows'), () => set({ flows: draft.flows.filter((_, index) => index !== at) }))}
                    </div>
                  ),
                )}
                {add(t('addFlow'), inside.length === 0, () =>
                  set({ flows: [...draft.flows, firstFlow(task, inside)] }),
                )}
              </div>
            </div>
          )
        })}
        {add(t('addBlock'), free.length === 0 || draft.parameters.length === 0, () => {
          const [task, parameter] = [free[0], draft.parameters[0]]
          if (task && parameter) set({ repeats: { ...draft.repeats, [task.value]: parameter.key } })
        })}
      </section>
      {may && (
        <div className="yz-flex">
          <Button type="primary" disabled={!dirty} loading={busy} onClick={() => void save()}>
            {t('saveChanges')}
          </Button>
          <Button disabled={!dirty || busy} onClick={() => setDraft(template)}>
            {t('discard')}
          </Button>
        </div>
      )}
    </div>
  )
}

function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label>
      <span className="yz-faint">{label}</span>
      {children}
    </label>
  )
}

interface Option {
  readonly value: string
  readonly label: string
}

/** Rows as they stand, indented by their level. */
function outlineOf({ tasks }: PlanTemplate): Option[] {
  const level = new Map<string, number>()
  return tasks.map(({ id, name, parent }) => {
    const at = parent === undefined ? 0 : (level.get(parent) ?? 0) + 1
    level.set(id, at)
    return { value: id, label: `${'\u3000'.repeat(at)}${name}` }
  })
}

/** The block and everything below it. */
function withinOf({ tasks }: PlanTemplate, block: string, outline: readonly Option[]): Option[] {
  const inside = new Set([block])
  for (const { id, parent } of tasks) if (parent !== undefined && inside.has(parent)) inside.add(id)
  return outline.filter(each => inside.has(each.value))
}

/** The usual one: when the last of a copy is done, the first of the next begins. */
function firstFlow(block: string, inside: readonly Option[]): TemplateFlow {
  const tasks = inside.length > 1 ? inside.filter(each => each.value !== block) : inside
  return { block, from: tasks.at(-1)?.value ?? block, to: tasks[0]?.value ?? block, type: 'FS', lag: 0 }
}
