// The matrix of a role: a line per grant, entities under their module; functions are switched in place, scope and fields open
// a drawer. Arrows move between cells, as in a sheet.
import { useLabel, useText } from '@yingzao/ui/text/language.tsx'
import { usePhone } from '@yingzao/ui/theme/mode.tsx'
import { Checkbox, Input, Switch } from 'antd'
import { Fragment, type KeyboardEvent, useDeferredValue, useId, useState } from 'react'
import type { GrantableEntity, RightsOverview } from '../../rights-shape.ts'
import { has, isDirty, type Line, markOf, newLine, withFunction } from './draft.ts'
import { text } from './text.ts'
import { isRecordFunction, recordFunctions, useRightsWords } from './words.ts'

interface Props {
  readonly overview: RightsOverview
  readonly lines: readonly Line[]
  readonly readOnly: boolean
  readonly onChange: (line: Line) => void
  readonly onOpen: (line: Line) => void
}

export function Matrix({ overview, lines, readOnly, onChange, onOpen }: Props) {
  const t = useText(text)
  const label = useLabel()
  const phone = usePhone()
  const id = useId()
  const [typed, setTyped] = useState('')
  const [grantedOnly, setGrantedOnly] = useState(false)
  const search = useDeferredValue(typed.trim().toLowerCase())
  const ofEntity = (name: string) => lines.filter(line => line.entity === name && !(line.gone && !line.saved))
  const shown = overview.modules
    .map(module => ({
      ...module,
      entities: overview.entities.filter(
        entity =>
          entity.module === module.name &&
          (!search || `${entity.label.zh} ${entity.label.en} ${entity.name}`.toLowerCase().includes(search)) &&
          (!grantedOnly || ofEntity(entity.name).length > 0),
      ),
    }))
    .filter(module => module.entities.length > 0)
  const rowsOf = (entity: GrantableEntity) => {
    const found = ofEntity(entity.name)
    return found.length > 0 ? found : [{ ...newLine(entity.name, {}), id: `none-${entity.name}` }]
  }
  /** The line of an entity without one is made when something is first switched on. */
  const real = (line: Line) => (line.id.startsWith('none-') ? newLine(line.entity, {}) : line)
  const rows = shown.map(module => (
    <Fragment key={module.name}>
      {phone ? (
        <h2 className="yz-rights-module">{label(module.label)}</h2>
      ) : (
        <tr>
          <th colSpan={recordFunctions.length + 4} scope="colgroup" className="yz-rights-module">
            {label(module.label)}
          </th>
        </tr>
      )}
      {module.entities.map(entity =>
        rowsOf(entity).map((line, at) => {
          const props = {
            entity,
            line,
            again: at > 0,
            readOnly,
            onSwitch: (fn: string, on: boolean) => onChange(withFunction(real(line), entity, fn, on)),
            onOpen: () => onOpen(real(line)),
          }
          return phone ? <CardRow key={line.id} {...props} /> : <Row key={line.id} {...props} />
        }),
      )}
    </Fragment>
  ))
  return (
    <div className="yz-rights">
      <div className="yz-rights-bar">
        <Input
          allowClear
          value={typed}
          placeholder={t('search')}
          aria-label={t('search')}
          onChange={event => setTyped(event.target.value)}
        />
        <label htmlFor={id} className="yz-flex">
          <Switch id={id} size="small" checked={grantedOnly} onChange={setGrantedOnly} />
          {t('grantedOnly')}
        </label>
      </div>
      {shown.length === 0 ? (
        <p className="yz-faint yz-rights-none">{t('noMatch')}</p>
      ) : phone ? (
        rows
      ) : (
        <div className="yz-rights-scroll">
          <table className="yz-rights-table" onKeyDown={moveByArrow}>
            <thead>
              <tr>
                <th scope="col">{t('entity')}</th>
                {recordFunctions.map(fn => (
                  <th key={fn} scope="col" className="yz-rights-tick">
                    {t(fn)}
                  </th>
                ))}
                <th scope="col">{t('verbs')}</th>
                <th scope="col">{t('scope')}</th>
                <th scope="col">{t('fields')}</th>
              </tr>
            </thead>
            <tbody>{rows}</tbody>
          </table>
        </div>
      )}
    </div>
  )
}

interface RowProps {
  readonly entity: GrantableEntity
  readonly line: Line
  /** Not the first grant of its entity. */
  readonly again: boolean
  readonly readOnly: boolean
  readonly onSwitch: (fn: string, on: boolean) => void
  readonly onOpen: () => void
}

function Marks({ line }: { line: Line }) {
  const t = useText(text)
  if (line.id.startsWith('none-')) return null
  const mark = markOf(line)
  return (
    <span className="yz-tags">
      {isDirty(line) && <span className="yz-tag yz-tag-warn">{t('unsaved')}</span>}
      {line.offered && <span className="yz-tag yz-tag-info">{t('offered')}</span>}
      {mark !== 'shipped' && <span className="yz-tag yz-tag-neutral">{t(`mark_${mark}`)}</span>}
    </span>
  )
}

function useRowText(entity: GrantableEntity, line: Line) {
  const words = useRightsWords()
  const granted = !line.gone && line.content.functions.length > 0
  const verbs = entity.functions.filter(({ name }) => !isRecordFunction(name))
  const given = verbs.filter(({ name }) => has(line, name))
  return {
    granted,
    hasVerbs: verbs.length > 0,
    verbs: granted ? given.map(({ name }) => words.fn(entity, name)).join(' · ') : '',
    scope: granted ? words.scope(line.content.scope) : '',
    fields: granted ? words.fields(entity, line.content) : '',
  }
}

function Row({ entity, line, again, readOnly, onSwitch, onOpen }: RowProps) {
  const t = useText(text)
  const label = useLabel()
  const shown = useRowText(entity, line)
  const name = label(entity.label)
  return (
    <tr className={`${shown.granted ? '' : 'yz-rights-off'} ${isDirty(line) ? 'yz-rights-dirty' : ''}`}>
      <th scope="row">
        <span className="yz-flex">
          <button
            type="button"
            className="yz-rights-name"
            {...(again ? {} : { 'aria-label': t('open', { entity: name }) })}
            onClick={onOpen}
          >
            {again ? `↳ ${name} · ${t('otherLine')}` : name}
          </button>
          <Marks line={line} />
        </span>
      </th>
      {recordFunctions.map(fn => (
        <td key={fn} className="yz-rights-tick">
          {entity.functions.some(each => each.name === fn) && (
            <Checkbox
              checked={has(line, fn)}
              disabled={readOnly}
              aria-label={t('cell', { entity: name, what: t(fn) })}
              onChange={event => onSwitch(fn, event.target.checked)}
            />
          )}
        </td>
      ))}
      {(['verbs', 'scope', 'fields'] as const).map(column => {
        const none = column === 'fields' ? t('noFields') : '—'
        return (
          <td key={column}>
            {shown.granted && (column !== 'verbs' || shown.hasVerbs) && (
              <button
                type="button"
                tabIndex={-1}
                className="yz-rights-more"
                title={shown[column]}
                aria-label={`${t('cell', { entity: name, what: t(column) })} ${shown[column] || none}`}
                onClick={onOpen}
              >
                {shown[column] || <span className="yz-faint">{none}</span>}
              </button>
            )}
          </td>
        )
      })}
    </tr>
  )
}

/** On a phone: what is granted in two lines; everything is switched in the drawer. */
function CardRow({ entity, line, again, onOpen }: RowProps) {
  const t = useText(text)
  const label = useLabel()
  const words = useRightsWords()
  const shown = useRowText(entity, line)
  const functions = line.content.functions.map(name => words.fn(entity, name)).join(' · ')
  return (
    <button type="button" className={`yz-rights-card ${shown.granted ? '' : 'yz-rights-off'}`} onClick={onOpen}>
      <span className="yz-flex">
        <strong className="yz-grow yz-clip">{again ? `↳ ${t('otherLine')}` : label(entity.label)}</strong>
        <Marks line={line} />
      </span>
      {shown.granted && <span className="yz-soft">{functions}</span>}
      {shown.granted && (
        <span className="yz-faint">
          {t('scope')} {shown.scope}
          {shown.fields && ` · ${shown.fields}`}
        </span>
      )}
    </button>
  )
}

/** Arrow keys go to the nearest control of the row above or below, or of the next cell. */
function moveByArrow(event: KeyboardEvent<HTMLTableElement>) {
  const by = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key]
  const cell = event.target instanceof Element ? event.target.closest<HTMLTableCellElement>('td,th') : null
  const row = cell?.closest('tr')
  if (!by || !cell || !row) return
  const [down = 0, right = 0] = by
  const rows = [...event.currentTarget.querySelectorAll<HTMLTableRowElement>('tbody tr')]
  let at = rows.indexOf(row)
  let column = cell.cellIndex
  for (;;) {
    at += down
    column += right
    const next = rows[at]
    if (!next || column < 0 || column >= next.cells.length + (down ? 99 : 0)) return
    const control = next.cells[column]?.querySelector<HTMLElement>('input:not(:disabled),button')
    if (!control) continue
    event.preventDefault()
    control.focus()
    return
  }
}
