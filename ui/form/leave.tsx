// Asked before unsaved work is left.
import { Button, Modal } from 'antd'
import { useText } from '../text/language.tsx'
import { text } from './text.ts'

export function LeaveDialog({ onLeave, onStay }: { onLeave: () => void; onStay: () => void }) {
  const t = useText(text)
  return (
    <Modal
      open
      title={t('leaveTitle')}
      onCancel={onStay}
      footer={
        <>
          <Button danger onClick={onLeave}>
            {t('leave')}
          </Button>
          <Button type="primary" autoFocus onClick={onStay}>
            {t('stay')}
          </Button>
        </>
      }
    >
      {t('leaveDetail')}
    </Modal>
  )
}
