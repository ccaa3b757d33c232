// <desk-blur>: the brush on the photo that waits; what comes out is sent and takes the photo's place.

class DeskBlur extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector('button')
    this.button.addEventListener('click', () => this.start())
    this.hidden = false
  }

  async start() {
    if (this.busy) return
    this.busy = true
    this.fault('')
    try {
      this.made ??= await this.make()
      if (this.made) await this.send()
    } catch {
      this.fault(this.dataset.noNetwork)
    }
    this.busy = false
    this.button.removeAttribute('aria-busy')
    this.button.focus()
  }

  async make() {
    const answer = await fetch(this.dataset.picture)
    if (!answer.ok) return this.fault(this.dataset.gone)
    const picture = await answer.blob()
    const edited = document.querySelector('photo-brush').edit(picture, this.closest('desk-keys'))
    return edited.catch(() => this.fault(this.dataset.unread))
  }

  async send() {
    this.button.setAttribute('aria-busy', 'true')
    const body = new FormData()
    body.append('photo', this.made, 'photo.jpg')
    body.append('shown', this.dataset.shown)
    const headers = { Accept: 'application/json' }
    const answer = await fetch(this.dataset.action, { method: 'POST', body, headers })
    const { next, error } = await answer.json()
    if (next) return location.assign(next)
    this.made = null
    this.fault(error)
  }

  fault(sentence) {
    this.querySelector('[role=alert]').textContent = sentence
  }
}
customElements.define('desk-blur', DeskBlur)
