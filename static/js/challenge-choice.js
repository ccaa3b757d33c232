// <challenge-choice>: a list of challenges to choose from, and what the chosen one asks. Also without network.

class ChallengeChoice extends HTMLElement {
  connectedCallback() {
    const choice = this.querySelector('select')
    choice.addEventListener('change', () => this.show(choice.value))
    choice.form.addEventListener('reset', () => setTimeout(() => this.show(choice.value)))
    this.show(choice.value)
  }

  show(key) {
    for (const words of this.querySelectorAll('[data-asks]')) words.hidden = words.dataset.asks !== key
  }
}

customElements.define('challenge-choice', ChallengeChoice)
