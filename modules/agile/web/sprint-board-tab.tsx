// The board of one sprint, on its page.
import type { EntityMeta, RecordJson } from '@yingzao/kernel/entity'
import { useList } from '@yingzao/platform/client/react'
import { useText } from '@yingzao/ui/text/language.tsx'
import './agile.css'
import { text } from './text.ts'
import { WorkBoard } from './work-board.tsx'

export default function SprintBoardTab({ record }: { entity: EntityMeta; record: RecordJson }) {
  const t = useText(text)
  const project = String(record.project)
  const boards = useList('agile_board', { filter: { project: { eq: project } }, limit: 1 })
  return (
    <div className="yz-agile-sprint-board">
      <WorkBoard
        project={project}
        board={boards.items[0]}
        sprint={record.id}
        empty={
          <div className="yz-notice">
            <h2>{t('emptyBoard')}</h2>
            <p className="yz-soft">{t('emptySprintNext')}</p>
          </div>
        }
      />
    </div>
  )
}
