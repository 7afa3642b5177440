// 首页: the cards of somebody's roles and the other parts, as he arranged them; he moves, hides and adds them himself.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { CardShown, HomePage, Label } from '@yingzao/kernel/entity'
import { useClient } from '@yingzao/platform/client/react'
import { useMeta } from '@yingzao/ui/data/meta'
import type { FrontProps, HomeWidget } from '@yingzao/ui/pages'
import { Widget } from '@yingzao/ui/shell/home.tsx'
import { Failed, Notice, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { PageHeader } from '@yingzao/ui/shell/page-header.tsx'
import { useLabel, useText } from '@yingzao/ui/text/language.tsx'
import { Button } from 'antd'
import { useState } from 'react'
import { arranged, moved, type Part } from './arrange.ts'
import { Card } from './card.tsx'
import './cards.css'
import { text } from './text.ts'

type Shown = Part & { readonly label: Label } & (
    | { readonly widget: HomeWidget; readonly card?: never }
    | { readonly card: CardShown; readonly widget?: never }
  )
type Layout = Pick<HomePage, 'order' | 'hidden' | 'added'>
/** Cards that his roles do not have from the start stand below what they have. */
const LAST = 1000

export default function Front({ widgets }: FrontProps) {
  const t = useText(text)
  const meta = useMeta()
  const client = useClient()
  const queries = useQueryClient()
  const [arranging, setArranging] = useState(false)
  const key = ['home.open']
  const found = useQuery({ queryKey: key, queryFn: () => client.perform<HomePage>('home.open', {}) })
  const keep = useMutation({
    mutationFn: (layout: Layout | null) =>
      layout
        ? client.perform('home.arrange', { ...layout, order: layout.order ?? [] })
        : client.perform('home.reset', {}),
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  })
  const page = found.data
  if (found.error && !page)
    return (
      <>
        <PageHeader title={t('hello', { name: meta.me.name })} />
        <Failed error={found.error} retry={() => void found.refetch()} />
      </>
    )
  if (!page) return <Waiting />
  const all: Shown[] = [
    ...widgets.map((widget): Shown => ({ name: widget.name, label: widget.label, place: widget.order, widget })),
    ...page.cards.map(
      (card): Shown => ({ name: card.name, label: card.label, place: page.places[card.name] ?? LAST, card }),
    ),
  ]
  const parts = arranged(all, page.order)
  const shown = parts.filter(part => !page.hidden.includes(part.name))
  const names = parts.map(part => part.name)
  const put = (layout: Partial<Layout>) => {
    const next = { order: names, hidden: page.hidden, added: page.added, ...layout }
    queries.setQueryData<HomePage>(key, before => before && { ...before, ...next })
    keep.mutate(next)
  }
  const hide = (name: string) =>
    put({ hidden: [...page.hidden, name], added: page.added.filter(each => each !== name) })
  const add = (name: string) =>
    put({
      hidden: page.hidden.filter(each => each !== name),
      added:
        page.places[name] === undefined && !widgets.some(each => each.name === name)
          ? [...page.added, name]
          : page.added,
    })
  // Among those that are shown: a hidden one between two would make a press that does nothing.
  const move = (name: string, by: 1 | -1) => {
    const order = moved(
      shown.map(part => part.name),
      name,
      by,
    )
    put({ order: [...order, ...names.filter(each => !order.includes(each))] })
  }
  const others = [
    ...parts.filter(part => page.hidden.includes(part.name)),
    ...page.offers.filter(offer => !parts.some(part => part.name === offer.name)),
  ]
  const places = [...new Set(meta.me.roles.map(role => role.at.name))].join(' · ')
  return (
    <>
      <PageHeader
        title={t('hello', { name: meta.me.name })}
        actions={
          <Button onClick={() => setArranging(!arranging)} aria-pressed={arranging}>
            {t(arranging ? 'arranged' : 'arrange')}
          </Button>
        }
      />
      {places && (
        <p className="yz-home-scope yz-soft">
          {t('scope')} {places}
        </p>
      )}
      {arranging && <Others others={others} add={add} reset={() => keep.mutate(null)} busy={keep.isPending} />}
      {keep.error && <Failed error={keep.error} retry={() => keep.reset()} />}
      <div className="yz-home">
        {shown.map((part, at) => {
          const bar = arranging && (
            <Bar
              label={part.label}
              first={at === 0}
              last={at === shown.length - 1}
              move={by => move(part.name, by)}
              hide={() => hide(part.name)}
            />
          )
          return part.widget ? (
            <Widget key={part.name} widget={part.widget}>
              {bar}
            </Widget>
          ) : (
            <Card key={part.name} card={part.card} at={page.at}>
              {bar}
            </Card>
          )
        })}
        {shown.length === 0 && <Notice title={t('nothing')}>{t('nothingNext')}</Notice>}
      </div>
    </>
  )
}

interface BarProps {
  readonly label: Label
  readonly first: boolean
  readonly last: boolean
  readonly move: (by: 1 | -1) => void
  readonly hide: () => void
}

function Bar({ label, first, last, move, hide }: BarProps) {
  const t = useText(text)
  const name = useLabel()(label)
  return (
    <div className="yz-card-bar" role="toolbar" aria-label={name}>
      <span className="yz-grow">{name}</span>
      <Button size="small" disabled={first} onClick={() => move(-1)} aria-label={t('forward', { name })}>
        ↑
      </Button>
      <Button size="small" disabled={last} onClick={() => move(1)} aria-label={t('back', { name })}>
        ↓
      </Button>
      <Button size="small" onClick={hide} aria-label={t('hide', { name })}>
        {t('hideShort')}
      </Button>
    </div>
  )
}

interface OthersProps {
  readonly others: readonly { readonly name: string; readonly label: Label }[]
  readonly add: (name: string) => void
  readonly reset: () => void
  readonly busy: boolean
}

function Others({ others, add, reset, busy }: OthersProps) {
  const t = useText(text)
  const label = useLabel()
  return (
    <section className="yz-home-others" aria-label={t('more')}>
      <strong>{t('more')}</strong>
      {others.length === 0 && <span className="yz-soft">{t('noMore')}</span>}
      {others.map(other => (
        <Button
          key={other.name}
          size="small"
          onClick={() => add(other.name)}
          aria-label={t('add', { name: label(other.label) })}
        >
          + {label(other.label)}
        </Button>
      ))}
      <Button size="small" type="link" onClick={reset} loading={busy}>
        {t('reset')}
      </Button>
    </section>
  )
}
