// On the home page: what is mine to act on first, then the rest I may see; nothing at all while nothing is wrong.
import { useList } from '@yingzao/platform/client/react'
import { ListLink } from '@yingzao/ui/data/link.tsx'
import { useMeta } from '@yingzao/ui/data/meta'
import { useText } from '@yingzao/ui/text/language.tsx'
import { text } from './text.ts'
import { lineFields, openHandlings, WarningLines } from './warning-line.tsx'

const MOST = 6

export default function HomeWarnings() {
  const t = useText(text)
  const meta = useMeta()
  const open = useList('warning', {
    filter: { handling: { in: [...openHandlings] } },
    fields: lineFields,
    sort: ['-days', 'needed_on'],
    limit: 100,
  })
  const isMine = (item: (typeof open.items)[number]) => item.responsible === meta.me.id || item.assignee === meta.me.id
  const mine = open.items.filter(isMine)
  const shown = [...mine, ...open.items.filter(item => !isMine(item))].slice(0, MOST)
  return (
    <div className="yz-stack">
      <div className="yz-flex">
        <h2 className="yz-grow">
          {t('title')}{' '}
          {open.items.length > 0 && (
            <span className="yz-faint yz-figure yz-warning-count">
              {t('open', { count: open.items.length })}
              {mine.length > 0 && <> · {t('mine', { count: mine.length })}</>}
            </span>
          )}
        </h2>
        <ListLink entity={{ module: 'warning', name: 'warning' }}>{t('all')}</ListLink>
      </div>
      {shown.length === 0 ? (
        <p className="yz-soft">{open.isPending ? '' : t('noneNext')}</p>
      ) : (
        <WarningLines list={{ ...open, items: shown }} me={meta.me.id} />
      )}
    </div>
  )
}
