// 项目组合: all projects of the reader together. One head with what is shown and in which order; the looks are tabs.
import { useNavigate, useSearch } from '@tanstack/react-router'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { panelOf, TabList } from '@yingzao/ui/record/tabs.tsx'
import { ReportButton } from '@yingzao/ui/report/report-button.tsx'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { PageHeader } from '@yingzao/ui/shell/page-header.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { type ComponentType, lazy, Suspense, useId, useMemo } from 'react'
import type { Line, Portfolio } from '../shape.ts'
import { addressOf, type Choice, choiceOf, chosenLines } from './choice.ts'
import { ChoiceBar } from './choice-bar.tsx'
import '@yingzao/ui/exchange/import.css'
import './portfolio.css'
import { text } from './text.ts'
import { usePortfolio } from './use-portfolio.ts'

export interface LookProps {
  readonly portfolio: Portfolio
  /** Those chosen, in the order chosen. */
  readonly lines: readonly Line[]
  readonly choice: Choice
}

interface Look {
  readonly key: 'gantt' | 'roadmap' | 'bottleneck' | 'onTime' | 'promise'
  /** Entity one must be able to read. */
  readonly needs?: string
  /** Groups are drawn by this look. */
  readonly groups?: true
  readonly page: ComponentType<LookProps>
}
const looks: readonly Look[] = [
  { key: 'gantt', groups: true, page: lazy(() => import('./gantt-look.tsx')) },
  { key: 'roadmap', groups: true, page: lazy(() => import('./roadmap-look.tsx')) },
  { key: 'bottleneck', needs: 'plan', page: lazy(() => import('./bottleneck-look.tsx')) },
  { key: 'onTime', needs: 'task', page: lazy(() => import('./on-time-look.tsx')) },
  { key: 'promise', needs: 'plan', page: lazy(() => import('./promise-look.tsx')) },
]

export default function Overview() {
  const t = useText(text)
  const meta = useMeta()
  const { tab, ...address } = useSearch({ from: '/$module/$name' })
  const navigate = useNavigate()
  const tabs = useId()
  const { data, error, refetch } = usePortfolio()
  const choice = choiceOf(address)
  const key = JSON.stringify(choice)
  // The choice is read anew from the address each time; its text tells whether it is another.
  const lines = useMemo(() => chosenLines(data?.lines ?? [], choice), [data, key])
  const open = looks.filter(look => !look.needs || entityOf(meta, look.needs)?.can.includes('read'))
  const look = open.find(each => each.key === tab) ?? open[0]
  const go = (to: Choice, key = look?.key) =>
    void navigate({
      to: '/$module/$name',
      params: { module: 'portfolio', name: 'overview' },
      search: { ...addressOf(to), ...(key && key !== 'gantt' ? { tab: key } : {}) },
      replace: true,
    })
  return (
    <div className="yz-pf">
      <PageHeader
        title={t('title')}
        badges={data && <Scope portfolio={data} />}
        actions={<ReportButton action="portfolio.lines" needs="project" />}
      />
      <TabList
        id={tabs}
        label={t('looks')}
        items={open.map(each => ({ key: each.key, label: t(each.key) }))}
        chosen={look?.key}
        choose={next => go(choice, looks.find(each => each.key === next)?.key)}
      />
      {error && !data ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : !data || !look ? (
        <Waiting />
      ) : (
        <div className="yz-pf-look" {...panelOf(tabs, look.key)}>
          <ChoiceBar
            portfolio={data}
            shown={lines.length}
            choice={choice}
            groups={look.groups === true}
            onChoose={go}
          />
          {lines.length === 0 ? (
            <div className="yz-notice">
              <h2>{t('none')}</h2>
              <p className="yz-soft">{t('noneNext')}</p>
              {Object.keys(choice.only).length > 0 && (
                <button type="button" className="yz-button" onClick={() => go({ ...choice, only: {} })}>
                  {t('clear')}
                </button>
              )}
            </div>
          ) : (
            <Suspense fallback={<Waiting />}>
              <look.page portfolio={data} lines={lines} choice={choice} />
            </Suspense>
          )}
        </div>
      )}
    </div>
  )
}

/** Of which projects every figure here speaks. */
function Scope({ portfolio }: { portfolio: Portfolio }) {
  const t = useText(text)
  const count = portfolio.lines.length
  return (
    <span className={portfolio.whole ? 'yz-faint' : 'yz-tag yz-tag-warn'}>
      {t(portfolio.whole ? 'all' : 'partial', { count })}
    </span>
  )
}
