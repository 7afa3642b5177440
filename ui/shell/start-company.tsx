// Ends the demo: everything of it goes, and the set-up of one's own company opens. Asked for by typing a word.
import { useClient } from '@yingzao/platform/client/react'
import { Input, Modal } from 'antd'
import { useId, useState } from 'react'
import { useSay } from '../data/say.ts'
import { useText } from '../text/language.tsx'
import { text } from './text.ts'

/** The action that removes the demo; offered only where the server has it and I may. */
export const endDemo = 'demo.end'

export default function StartCompany({ onClose }: { onClose: () => void }) {
  const t = useText(text)
  const say = useSay()
  const client = useClient()
  const id = useId()
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const word = t('startCompanyWord')
  const start = async () => {
    setBusy(true)
    try {
      await client.perform(endDemo)
      // From the beginning: nothing of the demo may stay in this window's memory, and every part of it must look again.
      window.location.replace('/')
    } catch (error) {
      say.bad(error)
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      title={t('startCompanyTitle')}
      okText={t('startCompany')}
      okButtonProps={{ danger: true, disabled: typed.trim() !== word }}
      cancelText={t('cancel')}
      confirmLoading={busy}
      onCancel={onClose}
      onOk={() => void start()}
    >
      <label htmlFor={id}>{t('startCompanyDetail', { word })}</label>
      <Input id={id} value={typed} autoComplete="off" onChange={event => setTyped(event.target.value)} />
    </Modal>
  )
}
