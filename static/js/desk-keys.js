// <desk-keys>: the keys 1 to 4 press what carries them. <undo-moment>: counts ten seconds, then goes.

class DeskKeys extends HTMLElement {
  connectedCallback() {
    this.press = (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest('input, textarea, select')) return
      const wanted = this.querySelector(`[data-key="${CSS.escape(event.key)}"]`)
      if (!wanted) return
      event.preventDefault()
      if (wanted.localName === 'details') wanted.open = true
      const fold = wanted.closest('details')
      if (fold) fold.open = true
      const needsReason = fold && !this.querySelector('input[name=reason]:checked')
      if (needsReason) return this.querySelector('input[name=reason]').focus()
      wanted.click()
    }
    document.addEventListener('keydown', this.press)
  }

  disconnectedCallback() {
    document.removeEventListener('keydown', this.press)
  }
}
customElements.define('desk-keys', DeskKeys)

class UndoMoment extends HTMLElement {
  connectedCallback() {
    this.timer = setTimeout(() => { this.hidden = true }, Number(this.dataset.seconds) * 1000)
  }

  disconnectedCallback() {
    clearTimeout(this.timer)
  }
}
customElements.define('undo-moment', UndoMoment)
