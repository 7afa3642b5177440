// "See as this person": what somebody may do on an entity or with one record, and which role, held where, gives it or does not
// reach. No value of the record is shown: whoever administers rights need not read what they open.
import { useQuery } from '@tanstack/react-query'
import { type FieldMeta, type FieldRight, f, type Json } from '@yingzao/kernel/entity'
import { useClient } from '@yingzao/platform/client/react'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useSay } from '@yingzao/ui/data/say'
import { FieldEditor } from '@yingzao/ui/field/editor.tsx'
import { inputFields } from '@yingzao/ui/record/verb-bar.tsx'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useLabel, useText } from '@yingzao/ui/text/language.tsx'
import { Alert, Input, Select } from 'antd'
import { useId, useState } from 'react'
import type { GrantableEntity, RightsOverview, WhyAnswer, WhyWay } from '../../rights-shape.ts'
import { PlacePicker } from './place-picker.tsx'
import { text } from './text.ts'
import { useOverview } from './use-rights.ts'
import { useRightsWords } from './words.ts'

const [personField] = inputFields({ user: f.user({ zh: '人员', en: 'Person' }, { required: true }) })
const idPattern = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i

/** `user`: this person; else one is chosen. */
export default function Why({ user }: { user?: string }) {
  const overview = useOverview()
  if (overview.error) return <Failed error={overview.error} retry={() => void overview.refetch()} />
  return overview.data ? <Ask overview={overview.data} {...(user ? { user } : {})} /> : <Waiting />
}

function Ask({ overview, user }: { overview: RightsOverview; user?: string }) {
  const t = useText(text)
  const label = useLabel()
  const id = useId()
  const [chosen, setChosen] = useState<string | null>(user ?? null)
  const [entity, setEntity] = useState<string | null>(null)
  const [record, setRecord] = useState<string | null>(null)
  const person = user ?? chosen
  const known = overview.entities.find(each => each.name === entity)
  return (
    <div className="yz-why">
      {!user && <p className="yz-soft">{t('whyIntro')}</p>}
      <div className="yz-why-ask">
        {!user && personField && (
          <div className="yz-field">
            <label htmlFor={`${id}-person`} className="yz-label">
              {t('person')}
            </label>
            <FieldEditor
              id={`${id}-person`}
              field={personField}
              value={chosen}
              onChange={next => setChosen(typeof next === 'string' ? next : null)}
            />
          </div>
        )}
        <div className="yz-field">
          <label htmlFor={`${id}-entity`} className="yz-label">
            {t('entity')}
          </label>
          <Select
            id={`${id}-entity`}
            className="yz-fill"
            value={entity}
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={t('search')}
            options={overview.modules.map(module => ({
              label: label(module.label),
              options: overview.entities
                .filter(each => each.module === module.name)
                .map(each => ({ value: each.name, label: label(each.label) })),
            }))}
            onChange={next => {
              setEntity(next)
              setRecord(null)
            }}
          />
        </div>
        {known && (
          <div className="yz-field">
            <label htmlFor={`${id}-record`} className="yz-label">
              {t('whichRecord')}
            </label>
            <RecordChoice key={known.name} id={`${id}-record`} entity={known} value={record} onChange={setRecord} />
          </div>
        )}
      </div>
      {person && known && <Answer user={person} entity={known} record={record} />}
    </div>
  )
}

interface RecordChoiceProps {
  readonly id: string
  readonly entity: GrantableEntity
  readonly value: string | null
  readonly onChange: (id: string | null) => void
}

/** By name where the asker reads the entity, or it is a place; else by a pasted link. */
function RecordChoice({ id, entity, value, onChange }: RecordChoiceProps) {
  const t = useText(text)
  const meta = useMeta()
  const known = entityOf(meta, entity.name)
  if (known?.can.includes('read')) {
    const field: FieldMeta = {
      kind: 'ref',
      to: entity.name,
      name: 'record',
      label: entity.label,
      right: 'edit',
      sortable: false,
    }
    return (
      <FieldEditor
        id={id}
        field={field}
        value={value}
        onChange={next => onChange(typeof next === 'string' ? next : null)}
      />
    )
  }
  if (entity.name === 'project')
    return (
      <PlacePicker
        id={id}
        kind="project"
        value={value ? [value] : []}
        label={t('whichRecord')}
        onChange={([next]) => onChange(next ?? null)}
      />
    )
  return (
    <Input
      id={id}
      allowClear
      placeholder={t('pasteRecord')}
      onChange={event => onChange(idPattern.exec(event.target.value)?.[0]?.toLowerCase() ?? null)}
    />
  )
}

function Answer({ user, entity, record }: { user: string; entity: GrantableEntity; record: string | null }) {
  const t = useText(text)
  const say = useSay()
  const label = useLabel()
  const words = useRightsWords()
  const client = useClient()
  const found = useQuery({
    queryKey: ['why', user, entity.name, record],
    queryFn: () =>
      client.perform<WhyAnswer>('organisation.why', { user, entity: entity.name, ...(record ? { record } : {}) }),
    staleTime: 0,
  })
  if (found.error) return <Alert type="error" role="alert" title={say.reason(found.error)} />
  if (!found.data) return <Waiting />
  const { person, roles, functions, fields } = found.data
  if (!person.active) return <Alert type="warning" title={t('inactive')} />
  const name = (of: string) => {
    const field = entity.fields.find(known => known.name === of)
    return field ? label(field.label) : of
  }
  return (
    <div className="yz-why-answer" aria-live="polite">
      <p className="yz-soft">
        {roles.length === 0
          ? t('noRoles')
          : `${t('hisRoles')}${roles.map(each => t('roleAt', { role: words.role(each.role), place: each.place })).join(' · ')}`}
      </p>
      <table className="yz-rights-table yz-why-table">
        <tbody>
          {functions.map(each => {
            const reached = each.ways.filter(way => way.inPlace !== false && way.inScope !== false)
            const verdict = !each.allowed ? 'mayNot' : record === null && !each.everywhere ? 'maySome' : 'may'
            return (
              <tr key={each.function}>
                <th scope="row">{words.fn(entity, each.function)}</th>
                <td>
                  <span className={`yz-tag ${tone[verdict]}`}>{t(verdict)}</span>
                </td>
                <td>
                  {each.allowed && each.possible === false && <div className="yz-warn">{t('notNow')}</div>}
                  {each.delegated && <div>{t('delegated')}</div>}
                  {each.ways.length === 0 && !each.delegated && <span className="yz-faint">{t('noGrant')}</span>}
                  <Ways of={each.allowed ? reached : each.ways} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <h3>{t('fieldRights')}</h3>
      <table className="yz-rights-table yz-why-table yz-why-fields">
        <tbody>
          {alike(fields).map(({ right, ways, delegated, names }) => (
            <tr key={names[0]}>
              <th scope="row">
                <span className={`yz-tag ${fieldTone[right]}`}>{words.right(right)}</span>
              </th>
              <td className={right === 'hidden' ? 'yz-faint' : ''}>{names.map(name).join(t('and'))}</td>
              <td>
                {delegated && <div>{t('delegated')}</div>}
                {ways.length === 0 && !delegated && <span className="yz-faint">{t('noGrant')}</span>}
                <Ways of={ways} right={right} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const tone = { may: 'yz-tag-good', maySome: 'yz-tag-info', mayNot: 'yz-tag-neutral' } as const
const fieldTone = {
  hidden: 'yz-tag-neutral',
  masked: 'yz-tag-warn',
  read: 'yz-tag-info',
  edit: 'yz-tag-good',
} as const

/** Role, place and scope of each grant, and what keeps it from the record. `right`: what is had; a better one says so. */
function Ways({ of, right }: { of: readonly (WhyWay & { readonly right?: FieldRight })[]; right?: FieldRight }) {
  const t = useText(text)
  const words = useRightsWords()
  return of.map((way, at) => (
    <div key={at} className={way.inPlace === false || way.inScope === false ? 'yz-soft' : ''}>
      {t('viaRole', {
        role: words.role(way.role),
        place: way.place || '—',
        scope: words.scope(scopeText(way.scope)),
      })}
      {way.right && way.right !== right && ` · ${words.right(way.right)}`}
      {way.inPlace === false && <span className="yz-bad"> · {t('outOfPlace')}</span>}
      {way.inPlace !== false && way.inScope === false && <span className="yz-bad"> · {t('outOfScope')}</span>}
    </div>
  ))
}

/** Fields with the same right for the same reasons are one line; the reasons that count first. */
function alike(fields: WhyAnswer['fields']) {
  const found = new Map<string, Omit<WhyAnswer['fields'][number], 'field'> & { readonly names: string[] }>()
  for (const { field, ...why } of fields) {
    const key = JSON.stringify(why)
    const known = found.get(key) ?? { ...why, names: [] }
    known.names.push(field)
    found.set(key, known)
  }
  return [...found.values()].sort((a, b) => rank.indexOf(a.right) - rank.indexOf(b.right))
}
const rank: readonly FieldRight[] = ['edit', 'read', 'masked', 'hidden']

/** A scope as JSON again. */
const scopeText = (scope: WhyWay['scope']): Json =>
  typeof scope === 'string'
    ? scope
    : 'departments' in scope
      ? { departments: [...scope.departments] }
      : { projects: [...scope.projects] }
