// 敏捷 on a project's page: the sprint that runs, and the door to the board; or how to begin.
import { useNavigate } from '@tanstack/react-router'
import type { EntityMeta, RecordJson } from '@yingzao/kernel/entity'
import { useList } from '@yingzao/platform/client/react'
import { useChanges } from '@yingzao/ui/data/changes'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useSay } from '@yingzao/ui/data/say'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { Button } from 'antd'
import './agile.css'
import { StageTag } from './stage-tag.tsx'
import { text } from './text.ts'

export default function ProjectTab({ record }: { entity: EntityMeta; record: RecordJson }) {
  const t = useText(text)
  const formats = useFormats()
  const meta = useMeta()
  const say = useSay()
  const navigate = useNavigate()
  const changes = useChanges('agile_board')
  const boards = useList('agile_board', { filter: { project: { eq: record.id } }, limit: 1 })
  const sprints = useList('sprint', { filter: { project: { eq: record.id } }, sort: ['-start_on'], limit: 50 })
  const [board, sprint] = [entityOf(meta, 'agile_board'), entityOf(meta, 'sprint')]
  const error = boards.error ?? sprints.error
  if (error) return <Failed error={error} retry={boards.refetch} />
  if (boards.isPending || sprints.isPending || !board || !sprint) return <Waiting />
  const own = boards.items[0]
  const open = (id: string) =>
    void navigate({ to: '/$module/$name/$id', params: { module: 'agile', name: board.name, id } })
  const begin = async () => {
    try {
      const name = String(record.short_name ?? record.name).slice(0, 100)
      open((await changes.create({ name, project: record.id })).id)
    } catch (failure) {
      say.bad(failure)
    }
  }
  if (!own)
    return (
      <div className="yz-notice">
        <h2>{t('noBoard')}</h2>
        <p className="yz-soft">{t(board.can.includes('create') ? 'noBoardNext' : 'noBoardAsk')}</p>
        {board.can.includes('create') && (
          <Button type="primary" onClick={() => void begin()}>
            {t('beginBoard')}
          </Button>
        )}
      </div>
    )
  return (
    <div className="yz-stack">
      <div className="yz-flex">
        <Button type="primary" onClick={() => open(own.id)}>
          {t('openBoard')}
        </Button>
      </div>
      <div className="yz-scroll-x yz-agile-sprints">
        <table className="yz-plain-table">
          <thead>
            <tr>
              <th scope="col">{t('sprint')}</th>
              <th scope="col">{t('stage')}</th>
              <th scope="col">{t('from')}</th>
              <th scope="col">{t('until')}</th>
              <th scope="col" className="yz-right">
                {t('committed')}
              </th>
              <th scope="col" className="yz-right">
                {t('completed')}
              </th>
            </tr>
          </thead>
          <tbody>
            {sprints.items.map(each => (
              <tr key={each.id}>
                <td>
                  <RecordLink entity={sprint} id={each.id}>
                    {each.name}
                  </RecordLink>
                </td>
                <td>
                  <StageTag entity={sprint} stage={each.stage} />
                </td>
                <td className="yz-figure">{formats.date(each.start_on)}</td>
                <td className="yz-figure">{formats.date(each.finish_on)}</td>
                <td className="yz-figure yz-right">
                  {each.committed === null ? '—' : formats.number(each.committed, 1)}
                </td>
                <td className="yz-figure yz-right">
                  {each.completed === null ? '—' : formats.number(each.completed, 1)}
                </td>
              </tr>
            ))}
            {sprints.items.length === 0 && (
              <tr>
                <td colSpan={6} className="yz-soft">
                  {t('noSprints')}
                </td>
              </tr>
            )}
          </tbody>
        </table>
      </div>
    </div>
  )
}
