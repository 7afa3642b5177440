// The roadmap: quarters across, a lane for each company, department, type or stage; for presenting and for a sheet of paper.
import { useNavigate } from '@tanstack/react-router'
import { oneSheet } from '@yingzao/ui/paper/one-sheet'
import { PaperMenu } from '@yingzao/ui/paper/paper-menu.tsx'
import { useLanguage, useText } from '@yingzao/ui/text/language.tsx'
import { Segmented } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { Line } from '../shape.ts'
import { grouped } from './choice.ts'
import type { LookProps } from './overview.tsx'
import { lanesOf, spanOf, windowOf } from './roadmap.ts'
import { RoadmapSheet, type SheetProps } from './roadmap-sheet.tsx'
import { text } from './text.ts'
import { useNames } from './use-names.ts'

const spans = { spanYear: 4, spanTwo: 8, spanAll: null } as const
type Span = keyof typeof spans
const names: readonly Span[] = ['spanYear', 'spanTwo', 'spanAll']

export default function RoadmapLook({ portfolio, lines, choice: { group } }: LookProps) {
  const t = useText(text)
  const { lang } = useLanguage()
  const navigate = useNavigate()
  const nameOf = useNames(portfolio)
  const [span, setSpan] = useState<Span>('spanTwo')
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(1100)
  useEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(() => setWidth(Math.max(640, element.clientWidth)))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const window = windowOf(lines, portfolio.today, spans[span])
  const groups = group ? grouped(lines, group) : [{ key: '', lines }]
  const sheet = (on: number): SheetProps => ({
    ...{ width: on, window, lang, today: portfolio.today },
    // A finger's breadth between two projects of a row.
    lanes: lanesOf(groups, window, (12 * (window.to - window.from)) / on),
    laneName: key => (group ? nameOf(group, key) : ''),
    about: (line: Line) =>
      t('roadmapOf', {
        ...{ name: line.name, start: line.start ?? '—', finish: line.forecast ?? line.contract ?? '—' },
        health: nameOf('health', line.health),
        progress: line.progress === null ? '—' : `${Math.round(100 * line.progress)}%`,
      }),
    words: { today: t('today') },
  })
  const shown = sheet(width)
  const inWindow = shown.lanes.reduce((sum, lane) => sum + lane.placed.length, 0)
  const undated = lines.filter(line => spanOf(line) === null).length
  const outside = lines.length - undated - inWindow
  const title = t('roadmapPaper', { title: t('title') })
  const paper = (on: number) => <RoadmapSheet {...sheet(on)} title={title} paper />
  return (
    <section className="yz-pf-roadmap">
      <div className="yz-pf-bar yz-no-print">
        <Segmented<Span>
          aria-label={t('span')}
          value={span}
          onChange={setSpan}
          options={names.map(value => ({ value, label: t(value) }))}
        />
        <PaperMenu {...oneSheet(paper, title, 'yz-pf-print')} />
        <span className="yz-faint">
          {[outside > 0 && t('outside', { count: outside }), undated > 0 && t('unplanned', { count: undated })]
            .filter(each => each !== false)
            .join(' · ')}
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (axe scrollable-region-focusable). */}
      <div className="yz-pf-sheet" ref={box} tabIndex={0}>
        <RoadmapSheet
          {...shown}
          open={line =>
            void navigate({ to: '/$module/$name/$id', params: { module: 'project', name: 'project', id: line.id } })
          }
        />
      </div>
    </section>
  )
}
