// The resources of a plan as a sheet: how many there are of each, what each can do, and which of them stand for a trade.
import { skillsOf } from '@yingzao/engines/levelling'
import type { PlanEdit } from '@yingzao/engines/schedule'
import type { Resource } from '@yingzao/engines/schedule/plan'
import { newId } from '@yingzao/platform/client'
import { useSay } from '@yingzao/ui/data/say'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Button, Checkbox, Input, InputNumber } from 'antd'
import { useState } from 'react'
import type { KnownPlan, PlanLink } from './plan-link.ts'
import { text } from './resource-text.ts'

interface Props {
  readonly known: KnownPlan
  readonly link: PlanLink
  readonly mayEdit: boolean
}

export function ResourceSheet({ known, link, mayEdit }: Props) {
  const t = useText(text)
  const say = useSay()
  const [name, setName] = useState('')
  const resources = known.plan.resources.filter(each => each.kind === 'work' && !each.inactive)
  const send = async (edit: PlanEdit, summary: string) => {
    try {
      const answer = await link.send({ id: newId(), edits: [edit] }, summary)
      if (!answer.ok) say.bad(new Error(answer.message))
    } catch (error) {
      say.bad(error)
    }
  }
  const set = ({ id, name: of }: Resource, patch: { maxUnits?: number; group?: string | null; generic?: boolean }) =>
    void send({ kind: 'resource.set', id, patch }, t('changedResource', { resource: of }))
  const add = () => {
    const asked = name.trim()
    if (asked === '') return
    setName('')
    const resource: Resource = { id: newId(), name: asked, kind: 'work', maxUnits: 1 }
    void send({ kind: 'resource.add', resource }, t('added', { resource: asked }))
  }
  return (
    <section className="yz-res-card" aria-label={t('sheet')}>
      <p className="yz-faint">{t('sheetNote')}</p>
      <div className="yz-scroll-x">
        <table className="yz-plain-table yz-res-sheet">
          <thead>
            <tr>
              <th scope="col">{t('nameOf')}</th>
              <th scope="col">{t('capacity')}</th>
              <th scope="col">{t('generic')}</th>
              <th scope="col">{t('skills')}</th>
            </tr>
          </thead>
          <tbody>
            {resources.map(each => (
              <tr key={each.id}>
                <td>{each.name}</td>
                <td>
                  <Units resource={each} disabled={!mayEdit} onSet={maxUnits => set(each, { maxUnits })} />
                </td>
                <td>
                  <Checkbox
                    aria-label={t('genericOf', { resource: each.name })}
                    disabled={!mayEdit}
                    checked={each.generic === true}
                    onChange={event => set(each, { generic: event.target.checked })}
                  />
                </td>
                <td>
                  {each.generic ? (
                    <Able resource={each} all={resources} />
                  ) : (
                    <Skills resource={each} disabled={!mayEdit} onSet={group => set(each, { group })} />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {mayEdit && (
        <div className="yz-flex yz-res-add">
          <Input
            aria-label={t('addName')}
            placeholder={t('addName')}
            maxLength={300}
            value={name}
            onChange={event => setName(event.target.value)}
            onPressEnter={add}
          />
          <Button disabled={name.trim() === ''} onClick={add}>
            {t('add')}
          </Button>
        </div>
      )}
    </section>
  )
}

/** Who has the skill that a resource stands for. */
function Able({ resource, all }: { resource: Resource; all: readonly Resource[] }) {
  const t = useText(text)
  const able = all.filter(each => !each.generic && skillsOf(each).includes(resource.name.trim()))
  return (
    <span className={able.length > 0 ? 'yz-soft' : 'yz-warn'}>
      {able.length > 0 ? t('ableOnes', { names: able.map(each => each.name).join(t('and')) }) : t('nobodyAble')}
    </span>
  )
}

interface CellProps<V> {
  readonly resource: Resource
  readonly disabled: boolean
  readonly onSet: (value: V) => void
}

function Units({ resource, disabled, onSet }: CellProps<number>) {
  const t = useText(text)
  const [asked, setAsked] = useState<number | null>(null)
  const units = resource.maxUnits ?? 1
  const save = () => {
    if (asked !== null && asked !== units) onSet(asked)
    setAsked(null)
  }
  return (
    <InputNumber
      aria-label={t('unitsOf', { resource: resource.name })}
      className="yz-res-units"
      min={0}
      max={100_000}
      disabled={disabled}
      value={asked ?? units}
      onChange={value => setAsked(value === null ? null : Number(value))}
      onBlur={save}
      onPressEnter={save}
    />
  )
}

function Skills({ resource, disabled, onSet }: CellProps<string | null>) {
  const t = useText(text)
  const [asked, setAsked] = useState<string | null>(null)
  const save = () => {
    if (asked !== null && asked.trim() !== (resource.group ?? '')) onSet(asked.trim() === '' ? null : asked.trim())
    setAsked(null)
  }
  return (
    <Input
      aria-label={t('skillsOf', { resource: resource.name })}
      maxLength={300}
      disabled={disabled}
      value={asked ?? resource.group ?? ''}
      onChange={event => setAsked(event.target.value)}
      onBlur={save}
      onPressEnter={save}
    />
  )
}
