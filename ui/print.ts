// Printing pages that are drawn for paper: each element is a page, the app behind them is not printed.

export const PAPER = { A3: 'A3 landscape', A4: 'A4 landscape' } as const

/** Opens the print dialog with these pages and takes them away again. */
export function printPages(pages: readonly Element[], size: keyof typeof PAPER, className: string): void {
  const style = new CSSStyleSheet()
  style.replaceSync(`
    .${className}{display:none}
    @media print{
      @page{size:${PAPER[size]};margin:0}
      html,body{height:auto!important;margin:0!important;overflow:visible!important}
      body>*:not(.${className}){display:none!important}
      .${className}{display:block}
      .${className}>*{display:block;width:100vw;height:auto;break-after:page}
      .${className}>*:last-child{break-after:auto}
    }`)
  const container = document.createElement('div')
  container.className = className
  container.append(...pages)
  document.body.append(container)
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, style]
  const clean = () => {
    container.remove()
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter(other => other !== style)
  }
  window.addEventListener('afterprint', clean, { once: true })
  window.print()
}
