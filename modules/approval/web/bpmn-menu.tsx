// BPMN 2.0 out and in: the flow as a drawing for other tools, a drawing of theirs as cards. The format is loaded when it is used.
import type { Flow } from '@yingzao/engines/approval'
import { useClient } from '@yingzao/platform/client/react'
import { saveBlob } from '@yingzao/ui/data/download'
import { useSay } from '@yingzao/ui/data/say'
import { useLanguage, useText } from '@yingzao/ui/text/language.tsx'
import { Button, Dropdown } from 'antd'
import { useRef } from 'react'
import { design } from './text.ts'

export function BpmnMenu({ flow, onRead }: { flow: Flow; onRead: (flow: Flow) => void }) {
  const t = useText(design)
  const say = useSay()
  const client = useClient()
  const { lang } = useLanguage()
  const choose = useRef<HTMLInputElement>(null)
  const write = async () => {
    const { writeBpmn } = await import('@yingzao/formats/bpmn')
    saveBlob(new Blob([writeBpmn(flow, lang)], { type: 'application/xml' }), `${flow.name}.bpmn`)
  }
  const read = async (file: File) => {
    const { readBpmn } = await import('@yingzao/formats/bpmn')
    const found = readBpmn(await file.text())
    if (!found.ok) {
      say.bad(new Error(t(`bpmn_${found.reason.code}`, { at: found.reason.at })))
      return
    }
    // What a file says is read as strictly as what a page sends.
    const { flow: sound } = await client.perform<{ flow: Flow }>('approval.read_flow', { content: found.flow })
    onRead(sound)
    if (found.unnamed.length > 0) say.info(t('bpmnUnnamed', { names: found.unnamed.join(' ') }))
    else say.good(t('bpmnTaken'))
  }
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'out', label: t('bpmnOut') },
            { key: 'in', label: t('bpmnIn') },
          ],
          onClick: ({ key }) => {
            if (key === 'out') void write().catch(say.bad)
            else choose.current?.click()
          },
        }}
      >
        <Button>{t('bpmn')}</Button>
      </Dropdown>
      <input
        ref={choose}
        type="file"
        hidden
        accept=".bpmn,.xml"
        onChange={event => {
          const [file] = event.target.files ?? []
          event.target.value = ''
          if (file) void read(file).catch(say.bad)
        }}
      />
    </>
  )
}
