// The page behind a printed code: plain HTML without script, for the phone of somebody who stands on a site with one bar of signal.
import type { Label } from '@yingzao/kernel/entity'
import type { PrintVerdict } from '../client/print.ts'
import { moment } from './value.ts'

interface Shown {
  /** Null: no code was given yet. */
  readonly verdict: PrintVerdict | null
  readonly code: string
  readonly lang: 'zh' | 'en'
  readonly zone: string
  readonly signedIn: boolean
}

const words = {
  title: { zh: '打印件核验', en: 'Check a printed document' },
  genuine: { zh: '真实，且是最新内容', en: 'Genuine and up to date' },
  genuineNote: {
    zh: '本系统打印了这份文件，此后单据没有再改动。请核对纸面内容与下列信息一致。',
    en: 'This system printed it and the document has not changed since. Compare the paper with what stands below.',
  },
  superseded: { zh: '真实，但已有更新的内容', en: 'Genuine, but superseded' },
  supersededNote: {
    zh: '本系统打印了这份文件，但此后单据有过改动。请索取最新的打印件。',
    en: 'This system printed it, but the document has changed since. Ask for a newer print.',
  },
  unknown: { zh: '查无此码', en: 'Unknown code' },
  unknownNote: {
    zh: '本系统没有打印过带有此码的文件。请重新扫描，或核对输入；仍查不到时，这份文件可能是伪造或篡改的。',
    en: 'This system never printed a document with this code. Scan it again or check what you typed; if it stays unknown, the document may be forged or altered.',
  },
  askNote: { zh: '请输入二维码下方以 YZ1 开头的编码。', en: 'Type the code below the square, beginning with YZ1.' },
  code: { zh: '编码', en: 'Code' },
  check: { zh: '核验', en: 'Check' },
  kind: { zh: '单据类型', en: 'Document' },
  number: { zh: '单号', en: 'Number' },
  printedAt: { zh: '打印时间', en: 'Printed at' },
  printedBy: { zh: '打印人', en: 'Printed by' },
  name: { zh: '名称', en: 'Name' },
  copy: { zh: '第几次打印', en: 'Print no.' },
  version: { zh: '打印时版本 / 现版本', en: 'Version printed / now' },
  sealed: { zh: '历史封存序号', en: 'No. in the sealed history' },
  since: { zh: '此后的改动', en: 'What changed since' },
  system: { zh: '系统', en: 'the system' },
  open: { zh: '打开单据', en: 'Open the document' },
  signIn: { zh: '登录后可查看更多（需有权限）', en: 'Sign in to see more, where you have the right' },
  create: { zh: '新建', en: 'created' },
  update: { zh: '修改', en: 'changed' },
  delete: { zh: '删除', en: 'deleted' },
  restore: { zh: '恢复', en: 'restored' },
  submit: { zh: '提交', en: 'submitted' },
  approve: { zh: '同意', en: 'approved' },
  reject: { zh: '驳回', en: 'rejected' },
  return: { zh: '退回', en: 'returned' },
  withdraw: { zh: '撤回', en: 'withdrawn' },
  reverse: { zh: '红冲', en: 'reversed' },
  void: { zh: '作废', en: 'voided' },
  close: { zh: '关闭', en: 'closed' },
} satisfies Record<string, Label>
type Word = keyof typeof words
const isWord = (name: string): name is Word => Object.hasOwn(words, name)

const quoted = (text: string): string =>
  text.replace(
    /[&<>"']/g,
    sign => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign] ?? sign,
  )

export function verifyPage({ verdict, code, lang, zone, signedIn }: Shown): string {
  const t = (word: Word) => words[word][lang]
  const row = (word: Word, value: string | null | undefined) =>
    value ? `<div><dt>${t(word)}</dt><dd>${quoted(value)}</dd></div>` : ''
  const state = verdict?.state
  const detail = verdict?.detail
  const facts = verdict
    ? [
        row('kind', verdict.kind?.[lang]),
        row('number', verdict.number),
        row('name', detail?.title),
        row('printedAt', verdict.printed_at && moment(verdict.printed_at, zone)),
        row('printedBy', detail?.printed_by),
        row('copy', detail && String(detail.copy)),
        row('version', detail && `${detail.version} / ${detail.version_now}`),
        row('sealed', detail?.sealed ? String(detail.sealed) : null),
      ].join('')
    : ''
  const since = detail?.since.length
    ? `<h2>${t('since')}</h2><ul>${detail.since
        .map(({ at, by, what }) => {
          const act = isWord(what) ? t(what) : what
          return `<li><span>${quoted(moment(at, zone))}</span> ${quoted(by ?? t('system'))} ${quoted(act)}</li>`
        })
        .join('')}</ul>`
    : ''
  const link = detail
    ? `<p><a class="main" href="/${encodeURIComponent(detail.module)}/${encodeURIComponent(detail.entity)}/${detail.id}">${t('open')}</a></p>`
    : state && state !== 'unknown' && !signedIn
      ? `<p><a href="/">${t('signIn')}</a></p>`
      : ''
  const answer = state
    ? `<section class="${state}"><p class="state" role="status">${t(state)}</p><p>${t(`${state}Note`)}</p></section>`
    : `<p>${t('askNote')}</p>`
  return `<!doctype html>
<html lang="${lang === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">
<title>${t('title')} · 营造</title><style>${style}</style></head><body><main>
<p class="brand">营造 Yingzao</p><h1>${t('title')}</h1>
${answer}${facts === '' ? '' : `<dl>${facts}</dl>`}${since}${link}
<form method="get" action="/verify"><label for="c">${t('code')}</label>
<input id="c" name="c" value="${quoted(code)}" autocomplete="off" autocapitalize="characters" spellcheck="false">
<button>${t('check')}</button></form></main></body></html>`
}

const style = `:root{color-scheme:light dark;--text:#1a1d21;--soft:#545d69;--page:#f6f7f9;--card:#fff;--line:#dde1e7;--accent:#1a5da4;--good:#136c34;--warn:#8a5300;--bad:#b3261e}
@media(prefers-color-scheme:dark){:root{--text:#e8eaed;--soft:#a7b0bc;--page:#14171b;--card:#1c2025;--line:#333a43;--accent:#7fb0ff;--good:#6fd08c;--warn:#f0b35c;--bad:#ff8a80}}
*{box-sizing:border-box}body{margin:0;background:var(--page);color:var(--text);font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans SC",sans-serif}
main{max-width:34rem;margin:0 auto;padding:1.5rem 1.25rem 3rem}.brand{margin:0;color:var(--soft);font-size:.875rem}h1{font-size:1.375rem;margin:.25rem 0 1rem}h2{font-size:1rem;margin:1.25rem 0 .25rem}
section{background:var(--card);border:1px solid var(--line);border-left-width:6px;border-radius:8px;padding:.75rem 1rem}section p{margin:.25rem 0}.state{font-size:1.125rem;font-weight:600}
.genuine{border-left-color:var(--good)}.genuine .state{color:var(--good)}.superseded{border-left-color:var(--warn)}.superseded .state{color:var(--warn)}.unknown{border-left-color:var(--bad)}.unknown .state{color:var(--bad)}
dl{margin:1rem 0 0}dl div{display:flex;gap:1rem;padding:.5rem 0;border-bottom:1px solid var(--line)}dt{flex:0 0 9rem;color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
ul{margin:0;padding:0;list-style:none}li{padding:.25rem 0}li span{color:var(--soft)}a{color:var(--accent)}
form{margin-top:2rem;display:grid;grid-template-columns:1fr auto;gap:.25rem .5rem}label{grid-column:1/-1;color:var(--soft);font-size:.875rem}
input,button{font:inherit;padding:.5rem .75rem;border:1px solid var(--line);border-radius:6px;background:var(--card);color:var(--text);min-width:0;min-height:2.75rem}button{cursor:pointer}`
