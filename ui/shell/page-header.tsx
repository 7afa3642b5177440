// The head of a page: where one is, what it is called, what can be done.
import { Link } from '@tanstack/react-router'
import type { EntityMeta } from '@yingzao/kernel/entity'
import { type ReactNode, useEffect } from 'react'
import { ListLink } from '../data/link.tsx'
import { useLabel, useText } from '../text/language.tsx'
import { text } from './text.ts'

interface Props {
  readonly title: string
  /** The list this page belongs to. */
  readonly under?: EntityMeta
  readonly badges?: ReactNode
  readonly actions?: ReactNode
}

export function PageHeader({ title, under, badges, actions }: Props) {
  const t = useText(text)
  const label = useLabel()
  useEffect(() => {
    document.title = `${title} · ${t('product')}`
  }, [title, t])
  return (
    <header className="yz-page-head">
      <div className="yz-page-title">
        {under && (
          <nav aria-label={t('breadcrumb')} className="yz-crumbs">
            <Link to="/">{t('home')}</Link>
            <span aria-hidden="true">/</span>
            <ListLink entity={under} className="">
              {label(under.label)}
            </ListLink>
          </nav>
        )}
        <div className="yz-flex">
          <h1 className="yz-clip" title={title}>
            {title}
          </h1>
          {badges}
        </div>
      </div>
      <div className="yz-actions">{actions}</div>
    </header>
  )
}
