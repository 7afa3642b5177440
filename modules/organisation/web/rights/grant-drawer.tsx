// One grant in full: functions, data scope, field rights, and how it stands against what is shipped. Changes wait in the draft.
import { useLabel, useText } from '@yingzao/ui/text/language.tsx'
import { usePhone } from '@yingzao/ui/theme/mode.tsx'
import { Alert, Button, Checkbox, Drawer, Radio, Select } from 'antd'
import { useId, useState } from 'react'
import type { GrantableEntity } from '../../rights-shape.ts'
import {
  type Content,
  has,
  isDirty,
  isIncomplete,
  type Line,
  markOf,
  namedIn,
  scopeKind,
  withFunction,
} from './draft.ts'
import { PlacePicker } from './place-picker.tsx'
import { text } from './text.ts'
import { type Group, isRecordFunction, useRightsWords } from './words.ts'

interface Props {
  readonly entity: GrantableEntity
  readonly line: Line
  readonly readOnly: boolean
  readonly onChange: (line: Line) => void
  readonly onAdd: () => void
  readonly onDecline: () => void
  readonly onClose: () => void
}

export default function GrantDrawer({ entity, line, readOnly, onChange, onAdd, onDecline, onClose }: Props) {
  const t = useText(text)
  const label = useLabel()
  const phone = usePhone()
  const words = useRightsWords()
  const id = useId()
  const { content, gone, shipped, offered } = line
  const granted = !gone && content.functions.length > 0
  const put = (next: Partial<Content>) => onChange({ ...line, content: { ...content, ...next } })
  const setAll = (next: Content) => onChange({ ...line, gone: false, content: next })
  const setField = (name: string, right: string | null) => {
    const { [name]: _before, ...fields } = content.fields
    put({ fields: right === null ? fields : { ...fields, [name]: right } })
  }
  const kinds = {
    record: entity.functions.filter(each => isRecordFunction(each.name)),
    verbs: entity.functions.filter(each => !isRecordFunction(each.name)),
  }
  const checks = (functions: GrantableEntity['functions']) => (
    <div className="yz-rights-checks">
      {functions.map(({ name }) => (
        <Checkbox
          key={name}
          checked={has(line, name)}
          disabled={readOnly}
          onChange={event => onChange(withFunction(line, entity, name, event.target.checked))}
        >
          {words.fn(entity, name)}
        </Checkbox>
      ))}
    </div>
  )
  const edited = shipped !== null && markOf(line) === 'edited'
  return (
    <Drawer
      open
      size={phone ? '100%' : 480}
      title={label(entity.label)}
      onClose={onClose}
      footer={
        granted || line.saved ? (
          <div className="yz-rights-foot">
            {!readOnly && granted && (
              <Button danger onClick={() => onChange({ ...line, gone: true })}>
                {t('remove')}
              </Button>
            )}
            {!readOnly && gone && <Button onClick={() => onChange({ ...line, gone: false })}>{t('bringBack')}</Button>}
            {!readOnly && granted && (
              <Button type="text" title={t('addLineNote')} onClick={onAdd}>
                {t('addLine')}
              </Button>
            )}
          </div>
        ) : null
      }
    >
      <div className="yz-rights-detail">
        {offered && (
          <Alert
            type="info"
            title={t('offerTitle')}
            description={
              <div className="yz-stack">
                <Lines of={words.changes(entity, content, offered)} />
                {!readOnly && (
                  <div className="yz-flex">
                    <Button size="small" type="primary" onClick={() => setAll(offered)}>
                      {t('takeOffer')}
                    </Button>
                    <Button size="small" disabled={isDirty(line)} onClick={onDecline}>
                      {t('keepMine')}
                    </Button>
                  </div>
                )}
              </div>
            }
          />
        )}
        {edited && !offered && shipped && (
          <Alert
            type="warning"
            title={t('differs')}
            description={
              <div className="yz-stack">
                <Lines of={words.changes(entity, shipped, content)} />
                {!readOnly && (
                  <div>
                    <Button size="small" onClick={() => setAll(shipped)}>
                      {t('toShipped')}
                    </Button>
                  </div>
                )}
              </div>
            }
          />
        )}
        <section>
          <h3>{t('functions')}</h3>
          {checks(kinds.record)}
          {kinds.verbs.length > 0 && (
            <>
              <h4>{t('verbs')}</h4>
              {checks(kinds.verbs)}
            </>
          )}
        </section>
        {granted && (
          <section>
            <h3 id={`${id}-scope`}>{t('scope')}</h3>
            <ScopeChoice
              entity={entity}
              line={line}
              readOnly={readOnly}
              labelledBy={`${id}-scope`}
              onChange={scope => put({ scope })}
            />
            {isIncomplete(line) && <p className="yz-bad yz-hint">{t('incomplete')}</p>}
          </section>
        )}
        {granted && (
          <section>
            <h3>{t('fields')}</h3>
            <p className="yz-faint yz-hint">{t('fieldsNote')}</p>
            {words.groups(entity).map(group => (
              <FieldGroup
                key={group.name}
                group={group}
                fields={content.fields}
                readOnly={readOnly}
                onChange={setField}
              />
            ))}
          </section>
        )}
      </div>
    </Drawer>
  )
}

const Lines = ({ of }: { of: readonly string[] }) => (
  <ul className="yz-rights-lines">
    {of.map(each => (
      <li key={each}>{each}</li>
    ))}
  </ul>
)

function ScopeChoice({
  entity,
  line,
  readOnly,
  labelledBy,
  onChange,
}: {
  entity: GrantableEntity
  line: Line
  readOnly: boolean
  labelledBy: string
  onChange: (scope: Line['content']['scope']) => void
}) {
  const t = useText(text)
  const words = useRightsWords()
  const { scope } = line.content
  const kind = scopeKind(scope)
  const named = namedIn(scope)
  const kinds = entity.scopes.includes(kind) ? entity.scopes : [...entity.scopes, kind]
  const nameOf = (each: string) =>
    each === 'departments' ? t('departments') : each === 'projects' ? t('projects') : words.scope(each)
  const note = (each: string) => (each === 'all' ? t('allNote') : each === 'own' ? t('ownNote') : '')
  const choose = (next: string) => onChange(next === 'departments' || next === 'projects' ? { [next]: [] } : next)
  return (
    <>
      <Radio.Group
        vertical
        value={kind}
        disabled={readOnly}
        aria-labelledby={labelledBy}
        onChange={event => choose(String(event.target.value))}
        options={kinds.map(each => ({
          value: each,
          label: (
            <>
              {nameOf(each)} {note(each) && <span className="yz-faint yz-hint">{note(each)}</span>}
            </>
          ),
        }))}
      />
      {named && (
        <PlacePicker
          many
          kind={named.kind === 'departments' ? 'department' : 'project'}
          value={named.ids}
          label={t(named.kind === 'departments' ? 'chooseDepartments' : 'chooseProjects')}
          onChange={ids => onChange({ [named.kind]: [...ids] })}
        />
      )}
    </>
  )
}

interface FieldGroupProps {
  readonly group: Group
  readonly fields: Readonly<Record<string, string>>
  readonly readOnly: boolean
  readonly onChange: (name: string, right: string | null) => void
}

const levels = ['hidden', 'masked', 'read', 'edit'] as const

/** A group at a glance; field by field where one differs, or on request. */
function FieldGroup({ group, fields, readOnly, onChange }: FieldGroupProps) {
  const t = useText(text)
  const label = useLabel()
  const words = useRightsWords()
  const single = group.fields.length === 1 && group.fields[0]?.name === group.name
  const [open, setOpen] = useState(() => !single && group.fields.some(field => fields[field.name] !== undefined))
  const basic = group.name === 'basic'
  const select = (name: string, of: string, none: string | null) => (
    <Select
      aria-label={of}
      value={fields[name] ?? (none === null ? 'hidden' : '')}
      disabled={readOnly}
      className="yz-rights-level"
      options={[
        ...(none === null ? [] : [{ value: '', label: none }]),
        ...levels.map(value => ({ value, label: words.right(value) })),
      ]}
      onChange={right => onChange(name, right === '' || (none === null && right === 'hidden') ? null : right)}
    />
  )
  return (
    <div className="yz-rights-group">
      <div className="yz-rights-field">
        <span className="yz-grow">
          {group.label}
          {!single && (
            <button type="button" className="yz-rights-each" aria-expanded={open} onClick={() => setOpen(!open)}>
              {t('eachField')} <span aria-hidden="true">{open ? '▴' : '▾'}</span>
            </button>
          )}
        </span>
        {select(group.name, group.label, basic ? t('byFunctions') : null)}
      </div>
      {open &&
        group.fields.map(field => (
          <div key={field.name} className="yz-rights-field yz-rights-sub">
            <span className="yz-grow">{label(field.label)}</span>
            {select(field.name, label(field.label), t('byGroup'))}
          </div>
        ))}
    </div>
  )
}
