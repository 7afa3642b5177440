// The flow of one document as a diagram, with the way so far, over the page; on a phone over all of it.
import { useQuery } from '@tanstack/react-query'
import type { Failure } from '@yingzao/platform/client'
import { useClient } from '@yingzao/platform/client/react'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Modal } from 'antd'
import type { DiagramView } from '../shape.ts'
import FlowDiagram from './flow-diagram.tsx'
import { text } from './text.ts'

interface Props {
  readonly entity: string
  readonly document: string
  readonly onClose: () => void
}

export default function DiagramDialog({ entity, document, onClose }: Props) {
  const t = useText(text)
  const client = useClient()
  const found = useQuery<{ diagram: DiagramView | null }, Failure>({
    queryKey: ['yz', 'approval', 'diagram', entity, document],
    queryFn: () => client.perform('approval.diagram', { entity, document }),
    staleTime: 0,
  })
  const diagram = found.data?.diagram
  return (
    <Modal open title={t('diagram')} width={1100} footer={null} onCancel={onClose}>
      {found.error ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : diagram ? (
        <FlowDiagram flow={diagram.flow} progress={diagram.progress} />
      ) : diagram === null ? (
        <p className="yz-soft">{t('noFlow')}</p>
      ) : (
        <Waiting />
      )}
    </Modal>
  )
}
