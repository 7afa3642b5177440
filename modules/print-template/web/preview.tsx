// The pages of a form as they will be printed, drawn from the marks that the server laid out.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { hues, type Mark, type Page } from '@yingzao/formats/pdf/sheet'
import type { EntityMeta } from '@yingzao/kernel/entity'
import type { Failure } from '@yingzao/platform/client'
import type { PrintTemplate } from '@yingzao/platform/client/print'
import { keys, useClient } from '@yingzao/platform/client/react'
import { titleOf } from '@yingzao/ui/data/meta'
import { useSay } from '@yingzao/ui/data/say'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Alert, Select } from 'antd'
import { useDeferredValue, useState } from 'react'
import type { Preview as Answer } from '../shape.ts'
import { text } from './text.ts'

interface Props {
  readonly entity: EntityMeta
  readonly template: PrintTemplate
  /** Kept, and so its logo. */
  readonly kept: string | null
  readonly logo: string | null
}
/** As many as the server answers. */
const most = 6

export function Preview({ entity, template, kept, logo }: Props) {
  const t = useText(text)
  const client = useClient()
  const say = useSay()
  const [record, setRecord] = useState<string | null>(null)
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed.trim())
  const samples = useQuery({
    queryKey: [...keys.lists(entity.name), 'sample', search],
    queryFn: () =>
      client
        .entity(entity.name)
        .list({ fields: [entity.title], sort: ['-created_at'], limit: 30, ...(search ? { search } : {}) }),
    placeholderData: keepPreviousData,
  })
  const items = samples.data?.items ?? []
  const chosen = record ?? items[0]?.id
  const content = useDeferredValue(template)
  const drawn = useQuery<Answer, Failure>({
    queryKey: ['yz', 'print_template', 'preview', entity.name, chosen, kept, logo, JSON.stringify(content)],
    enabled: chosen !== undefined,
    queryFn: () =>
      client.perform('print_template.preview', {
        ...{ entity: entity.name, record: chosen, content },
        ...(kept === null ? {} : { template: kept }),
      }),
    placeholderData: keepPreviousData,
    retry: false,
  })
  // What was drawn last stays while something is wrong.
  const [last, setLast] = useState<Answer | null>(null)
  if (drawn.data && drawn.data !== last) setLast(drawn.data)
  return (
    <section className="yz-print-preview" aria-label={t('preview')}>
      {samples.data && items.length === 0 && search === '' ? (
        <p className="yz-soft">{t('noSample')}</p>
      ) : (
        <Select
          aria-label={t('sample')}
          className="yz-print-sample"
          value={chosen ?? null}
          showSearch={{ filterOption: false, onSearch: setTyped }}
          options={items.map(item => ({ value: item.id, label: titleOf(entity, item) }))}
          onChange={setRecord}
        />
      )}
      {drawn.error && <Alert type="error" role="alert" title={say.reason(drawn.error)} />}
      <div className="yz-print-pages" aria-busy={drawn.isFetching}>
        {last?.pages.map((page, at) => (
          <Drawn
            key={at}
            page={page}
            name={t('pageOf', { number: at + 1 })}
            pictures={logo ? { ...last.pictures, logo } : last.pictures}
          />
        ))}
      </div>
      {last?.pages.length === most && <p className="yz-soft">{t('more', { count: most })}</p>}
    </section>
  )
}

type Pictures = Answer['pictures']

function Drawn({ page, name, pictures }: { page: Page; name: string; pictures: Pictures }) {
  const t = useText(text)
  const { width, height } = page
  return (
    <svg className="yz-paper" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={name}>
      <text
        className="yz-paper-water"
        x={width / 2}
        y={height / 2}
        transform={`rotate(-35 ${width / 2} ${height / 2})`}
      >
        {t('preview')}
      </text>
      {page.marks.map((mark, at) => (
        <Drawing key={at} mark={mark} pictures={pictures} />
      ))}
    </svg>
  )
}

function Drawing({ mark, pictures }: { mark: Mark; pictures: Pictures }) {
  switch (mark.is) {
    case 'text':
      return (
        <text
          x={mark.x}
          y={mark.y}
          fontSize={mark.size}
          textLength={mark.width || undefined}
          lengthAdjust="spacingAndGlyphs"
          className={`${mark.bold ? 'yz-paper-bold' : ''} ${mark.tone ? `yz-paper-${mark.tone}` : ''}`}
        >
          {mark.text}
        </text>
      )
    case 'line':
      return (
        <line x1={mark.x1} y1={mark.y1} x2={mark.x2} y2={mark.y2} className={mark.strong ? 'yz-paper-strong' : ''} />
      )
    case 'box':
      return (
        <rect
          {...{ x: mark.x, y: mark.y, width: mark.w, height: mark.h }}
          className={mark.dark ? 'yz-paper-dark' : ''}
          fill={mark.hue && hues[mark.hue]}
        />
      )
    case 'path':
      return (
        <polyline
          points={mark.points.map(point => point.join(',')).join(' ')}
          fill="none"
          stroke={hues[mark.hue]}
          strokeDasharray={mark.dashed ? '3 2' : undefined}
        />
      )
    case 'picture':
      return pictures[mark.picture] ? (
        <image
          href={pictures[mark.picture]}
          x={mark.x}
          y={mark.y}
          width={mark.w}
          height={mark.h}
          preserveAspectRatio="xMinYMin"
        />
      ) : (
        <rect x={mark.x} y={mark.y} width={mark.w} height={mark.h} />
      )
  }
}
