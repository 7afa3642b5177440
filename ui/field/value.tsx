// A field's value as read: aligned, formatted, linked. One component for lists, records, history and previews.
import { CheckOutlined, PaperClipOutlined } from '@ant-design/icons'
import { type FieldMeta, type FileRef, type Json, type Page, unmasking } from '@yingzao/kernel/entity'
import { useClient } from '@yingzao/platform/client/react'
import { lazy, type ReactNode, Suspense } from 'react'
import { RecordLink } from '../data/link.tsx'
import { entityOf, targetOf, useMeta } from '../data/meta.ts'
import { empty, isNegative } from '../text/format.ts'
import { useFormats, useLabel, useText } from '../text/language.tsx'
import type { Holder } from './masked.tsx'
import { stateText } from './state.ts'
import { Tag } from './tag.tsx'
import { text } from './text.ts'

const Masked = lazy(() => import('./masked.tsx'))

export type Refs = Page['refs']

const rightAligned = new Set(['integer', 'number', 'money', 'percent', 'duration'])
/** Figures stand right, so that digits meet digits. */
export const isFigure = (field: Pick<FieldMeta, 'kind'>) => rightAligned.has(field.kind)

export const isFile = (value: Json): value is Json & FileRef =>
  typeof value === 'object' && value !== null && 'id' in value && 'name' in value

export const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : [])

const Nothing = () => <span className="yz-faint">{empty}</span>

/** Plain text of a value: for copying, titles, comparing. */
export function useValueText() {
  const formats = useFormats()
  const label = useLabel()
  const t = useText(text)
  return (field: FieldMeta, value: Json | undefined, refs: Refs = {}): string => {
    if (value === undefined || value === null || value === '') return ''
    if (field.right === 'masked') return String(value)
    switch (field.kind) {
      case 'money':
        return formats.money(value)
      case 'number':
        return formats.number(value, field.scale ?? 4)
      case 'integer':
        return formats.integer(value)
      case 'percent':
        return formats.percent(value)
      case 'duration':
        return formats.duration(value)
      case 'instant':
        return formats.instant(value)
      case 'flag':
        return value === true ? t('yes') : t('no')
      case 'choice': {
        const option = field.options[String(value)]
        return option ? label(option) : String(value)
      }
      case 'multi_choice':
        return listOf(value)
          .map(each => {
            const option = field.options[String(each)]
            return option ? label(option) : String(each)
          })
          .join('、')
      case 'ref':
      case 'user':
      case 'org_unit':
        return refs[targetOf(field) ?? '']?.[String(value)] ?? String(value)
      case 'multi_ref':
        return listOf(value)
          .map(id => refs[field.to]?.[String(id)] ?? String(id))
          .join('、')
      case 'lines':
        return t('rows', { count: listOf(value).length })
      case 'file':
        return listOf(value)
          .map(each => (isFile(each) ? each.name : ''))
          .join('、')
      case 'json':
        return JSON.stringify(value)
      default:
        return String(value)
    }
  }
}

function Reference({ entity, id, refs, link }: { entity: string; id: string; refs: Refs; link: boolean }) {
  const meta = useMeta()
  const title = refs[entity]?.[id]
  const target = entityOf(meta, entity)
  // A record I may not see has no title: say nothing about it.
  if (title === undefined) return <Nothing />
  // An element of its own, so that a narrow cell can end it in an ellipsis.
  if (!target || !link) return <span>{title}</span>
  return (
    <RecordLink entity={target} id={id}>
      {title}
    </RecordLink>
  )
}

interface Props {
  readonly field: FieldMeta
  readonly value: Json | undefined
  readonly refs?: Refs
  readonly of?: Holder | undefined
  /** Links and line breaks; off inside table cells that are themselves links. */
  readonly rich?: boolean
}

export function FieldValue({ field, value, refs = {}, rich = true, of }: Props): ReactNode {
  const client = useClient()
  const say = useValueText()
  const label = useLabel()
  const t = useText(text)
  if (value === undefined || value === null || value === '') return <Nothing />
  const path = of?.line ? `${of.line.field}.${field.name}` : field.name
  if (field.right === 'masked' || of?.masked?.includes(path)) {
    const shown = <span className="yz-masked">{String(value)}</span>
    // Few may, and then on the page of a record only.
    if (!of?.can?.includes(unmasking)) return shown
    return (
      <Suspense fallback={shown}>
        <Masked field={field} of={of} shown={shown} />
      </Suspense>
    )
  }
  switch (field.kind) {
    case 'integer':
    case 'number':
    case 'money':
    case 'percent':
    case 'duration':
      return <span className={isNegative(value) ? 'yz-figure yz-negative' : 'yz-figure'}>{say(field, value)}</span>
    case 'date':
    case 'instant':
    case 'serial':
      return <span className="yz-figure">{say(field, value)}</span>
    case 'flag':
      if (!rich) return say(field, value)
      return value === true ? (
        <CheckOutlined aria-label={t('yes')} />
      ) : (
        <span className="yz-faint" role="img" aria-label={t('no')}>
          {empty}
        </span>
      )
    case 'choice': {
      const option = field.options[String(value)]
      return option?.tone ? <Tag tone={option.tone}>{label(option)}</Tag> : <span>{say(field, value)}</span>
    }
    case 'multi_choice':
      if (listOf(value).length === 0) return <Nothing />
      return (
        <span className="yz-tags">
          {listOf(value).map(each => {
            const option = field.options[String(each)]
            return (
              <Tag key={String(each)} tone={option?.tone}>
                {option ? label(option) : String(each)}
              </Tag>
            )
          })}
        </span>
      )
    case 'ref':
    case 'user':
    case 'org_unit':
      return <Reference entity={targetOf(field) ?? ''} id={String(value)} refs={refs} link={rich} />
    case 'multi_ref':
      return listOf(value).length === 0 ? (
        <Nothing />
      ) : (
        <span className="yz-tags">
          {listOf(value).map(id => (
            <Reference key={String(id)} entity={field.to} id={String(id)} refs={refs} link={rich} />
          ))}
        </span>
      )
    case 'file': {
      const files = listOf(value).filter(isFile)
      if (files.length === 0) return <Nothing />
      if (!rich)
        return (
          <>
            <PaperClipOutlined aria-hidden="true" /> {t('files', { count: files.length })}
          </>
        )
      return (
        <span className="yz-tags">
          {files.map(file => (
            <a
              key={file.id}
              className="yz-link"
              href={`${client.fileUrl(file.id)}${of ? `?of=${of.entity}/${of.id}` : ''}`}
              target="_blank"
              rel="noreferrer"
            >
              <PaperClipOutlined aria-hidden="true" /> {file.name}
            </a>
          ))}
        </span>
      )
    }
    case 'text':
      if (field.input === 'document') return <DocumentName name={String(value)} />
      if (!rich) return <span>{String(value)}</span>
      if (field.input === 'email')
        return (
          <a className="yz-link" href={`mailto:${value}`}>
            {String(value)}
          </a>
        )
      if (field.input === 'phone')
        return (
          <a className="yz-link yz-figure" href={`tel:${value}`}>
            {String(value)}
          </a>
        )
      if (field.input === 'url' && /^https?:\/\//i.test(String(value)))
        return (
          <a className="yz-link" href={String(value)} target="_blank" rel="noreferrer">
            {String(value)}
          </a>
        )
      return <span>{String(value)}</span>
    case 'long_text':
      return <span className={rich ? 'yz-prose' : undefined}>{String(value)}</span>
    case 'json':
      return rich ? (
        <pre className="yz-code">{JSON.stringify(value, null, 2)}</pre>
      ) : (
        <code>{JSON.stringify(value)}</code>
      )
    default:
      return say(field, value)
  }
}

/** The state of a document, with its colour. */
export function StateTag({ state }: { state: string }) {
  const label = useLabel()
  const known = stateText[state]
  return <Tag tone={known?.tone}>{known ? label(known) : state}</Tag>
}

function DocumentName({ name }: { name: string }) {
  const label = useLabel()
  const entity = entityOf(useMeta(), name)
  return <>{entity ? label(entity.label) : name}</>
}
