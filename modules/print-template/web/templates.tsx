// 打印模板: every kind of document and how it is printed; one of them is arranged beside its preview.
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { Failure } from '@yingzao/platform/client'
import { useClient } from '@yingzao/platform/client/react'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { Tag } from '@yingzao/ui/field/tag.tsx'
import { Failed, NotFound, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { PageHeader } from '@yingzao/ui/shell/page-header.tsx'
import { useLabel, useText } from '@yingzao/ui/text/language.tsx'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { type Edition, type Overview, overviewKey } from '../shape.ts'
import { Editor } from './editor.tsx'
import { text } from './text.ts'
import './template.css'

export default function Templates() {
  const t = useText(text)
  const label = useLabel()
  const meta = useMeta()
  const client = useClient()
  const navigate = useNavigate()
  const { tab } = useSearch({ strict: false })
  const [search, setSearch] = useState('')
  const found = useQuery<Overview, Failure>({
    queryKey: overviewKey,
    queryFn: () => client.perform('print_template.overview'),
    staleTime: 0,
  })
  if (!entityOf(meta, 'print_template')) return <NotFound />
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Waiting />
  const open = (entity: string | null) =>
    void navigate({
      to: '/$module/$name',
      params: { module: 'print-template', name: 'templates' },
      search: entity === null ? {} : { tab: entity },
    })
  // Those whose records I may see: the others could not be previewed.
  const shown = found.data.entities.filter(each => entityOf(meta, each.entity))
  const chosen = shown.find(each => each.entity === tab)
  if (chosen) return <Editor key={chosen.entity} of={chosen} onBack={() => open(null)} />
  const words = search.trim().toLowerCase()
  const fitting = shown.filter(each => words === '' || label(each.label).toLowerCase().includes(words))
  const said = ({ edition, lang }: Edition) =>
    lang === 'any' ? t('edition', { edition: edition ?? 1 }) : t('editionIn', { edition: edition ?? 1, lang: t(lang) })
  return (
    <div className="yz-print">
      <PageHeader title={t('title')} />
      <div className="yz-print-body">
        <p className="yz-soft">{t('intro')}</p>
        <Input
          type="search"
          className="yz-print-search"
          placeholder={t('search')}
          aria-label={t('search')}
          value={search}
          onChange={event => setSearch(event.target.value)}
        />
        {fitting.length === 0 && <p className="yz-soft">{t('none')}</p>}
        <ul className="yz-print-list">
          {fitting.map(each => (
            <li key={each.entity}>
              <strong className="yz-grow">{label(each.label)}</strong>
              {each.drafts.length > 0 && <Tag tone="warn">{t('draft')}</Tag>}
              {each.published.length === 0 && <Tag>{t('declared')}</Tag>}
              {each.published.map(edition => (
                <Tag key={edition.id} tone="good">
                  {said(edition)}
                </Tag>
              ))}
              <Button aria-label={t('editOf', { name: label(each.label) })} onClick={() => open(each.entity)}>
                {t('edit')}
              </Button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
