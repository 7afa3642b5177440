// Home: what the modules put there for this person; without any, the way into the work.
import { Link } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useMemo } from 'react'
import { useMeta } from '../data/meta.ts'
import type { HomeWidget } from '../pages.ts'
import { useLabel, useText } from '../text/language.tsx'
import { ErrorBoundary } from './boundary.tsx'
import { menuOf } from './menu-items.ts'
import { useAllModulePages } from './module-pages.tsx'
import { Notice, Waiting } from './notice.tsx'
import { PageHeader } from './page-header.tsx'
import { text } from './text.ts'

interface WidgetProps {
  readonly widget: HomeWidget
  /** Above it. */
  readonly children?: ReactNode
}

export function Widget({ widget, children }: WidgetProps) {
  const Body = useMemo(() => lazy(widget.load), [widget])
  return (
    <section className={`yz-widget yz-span-${widget.span}`}>
      {children}
      <ErrorBoundary>
        <Suspense fallback={<Waiting />}>
          <Body />
        </Suspense>
      </ErrorBoundary>
    </section>
  )
}

export function Home() {
  const meta = useMeta()
  const t = useText(text)
  const label = useLabel()
  const { ready, pages } = useAllModulePages()
  const widgets = useMemo(() => {
    const readable = new Set(meta.entities.filter(entity => entity.can.includes('read')).map(entity => entity.name))
    return pages
      .flatMap(each => each.home)
      .filter(widget => (widget.needs ?? []).every(name => readable.has(name)))
      .sort((a, b) => a.order - b.order)
  }, [meta, pages])
  const front = pages.find(each => each.front)?.front
  const Front = useMemo(() => (front ? lazy(front) : null), [front])
  const sections = menuOf(meta)
  if (!ready) return <Waiting />
  if (Front)
    return (
      <Suspense fallback={<Waiting />}>
        <Front widgets={widgets} />
      </Suspense>
    )
  return (
    <>
      <PageHeader title={t('hello', { name: meta.me.name })} />
      <div className="yz-home">
        {widgets.map(widget => (
          <Widget key={widget.name} widget={widget} />
        ))}
        {widgets.length === 0 &&
          (sections.length === 0 ? (
            <Notice title={t('emptyHomeTitle')}>{t('emptyHomeDetail')}</Notice>
          ) : (
            sections.map(section => (
              <section key={section.group} className="yz-widget yz-span-4">
                <h2>{label(section.label)}</h2>
                <ul className="yz-plain-list">
                  {section.items.map(item => (
                    <li key={item.key}>
                      <Link to="/$module/$name" params={{ module: item.module, name: item.name }} className="yz-link">
                        {label(item.label)}
                      </Link>
                    </li>
                  ))}
                </ul>
              </section>
            ))
          ))}
      </div>
    </>
  )
}
