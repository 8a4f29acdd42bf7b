import { describe, expect, test } from "vitest";
import { bankConfigSchema } from "../../src/bank/bank-config.ts";
import { readBankFile } from "../../src/bank/read-bank-file.ts";

const config = bankConfigSchema.parse({});

interface Layout {
  readonly name: string;
  readonly path?: string;
  readonly text: string;
  readonly dialects: readonly string[];
  /** Each question as `state: text`. */
  readonly questions: readonly string[];
}

const LAYOUTS: readonly Layout[] = [
  {
    name: "headed, text in bold below, all three placeholders and none",
    text: "# Locks\n\n## Question 1\n\n**What is a lock?**\n\n**Answer:** _[To be filled]_\n\n---\n\n## Question 2\n\n**What is a latch?**\n\n*Answer to be added.*\n\n## Question 3\n**What is a fence?**\n**Answer:** _To be filled_\n\n## Question 4\n\n**Explain livelock.**\n\n---\n",
    dialects: ["headed"],
    questions: [
      "placeholder: What is a lock?",
      "placeholder: What is a latch?",
      "placeholder: What is a fence?",
      "empty: Explain livelock.",
    ],
  },
  {
    name: "headed with the text after a colon, folded answers",
    text: "## Question 1: What is hoisting?\n\n<details><summary><b>Answer</b></summary>\n\nMoving up.\n\n</details>\n\n## Question 2. What is a thunk?\n\n <details>\n  <summary>Answer</summary>\n\n</details>\n",
    dialects: ["headed"],
    questions: ["filled: What is hoisting?", "empty: What is a thunk?"],
  },
  {
    name: "question and answer in headings of one level, the answer behind its marker",
    text: "# Locks\n\n### Q: What is a lock?\n\n### A: One holder at a time.\n\n### Q: What is a latch?\n\n### A:\n\n### Q: What is a fence?\n\n### **A:** An order.\n\nOf memory.\n",
    dialects: ["q-heading"],
    questions: ["filled: What is a lock?", "empty: What is a latch?", "filled: What is a fence?"],
  },
  {
    name: "headings that say answer, with the answer behind",
    text: "## Question 1: What is a lock?\n\n### Answer: One holder at a time.\n\n## Question 2: What is a latch?\n\n### Answer: TBD\n\n## Question 3: What is a fence?\n\n### Answer:\n",
    dialects: ["headed"],
    questions: ["filled: What is a lock?", "placeholder: What is a latch?", "empty: What is a fence?"],
  },
  {
    name: "numbered headings with metadata",
    text: "# Nets\n\n## Basics\n\n### 1. What is a kernel? 🔒\n\n**Type:** Question\n**Access:** Premium\n\n---\n\n### 2. Why pool?\n\n**Type:** Question\n\n**Answer:**\n\nTo shrink.\n\n---\n",
    dialects: ["numbered-heading"],
    questions: ["metadata-only: What is a kernel?", "filled: Why pool?"],
  },
  {
    name: "numbered headings whose answers hold numbered sub-headings",
    text: "## 1. What is a heap?\n\n### 1. **Shape**\n\nA tree.\n\n### 2. **Order**\n\nParents first.\n\n## 2. What is a trie?\n\n#### 1. Nodes\nOne a letter.\n",
    dialects: ["numbered-heading"],
    questions: ["filled: What is a heap?", "filled: What is a trie?"],
  },
  {
    name: "questions as headings of list items, a table of contents above, a footer below",
    text: "### Table of Contents\n\n1. [What is a ref?](#what-is-a-ref)\n2. [What is a key?](#what-is-a-key)\n\n## Core\n\n1.  ### What is a ref?\n\n    A handle.\n\n    ```js\n    ## 9. ### What is not a question?\n    ```\n\n**[⬆ Back to Top](#table-of-contents)**\n\n2.  ### What is a key?\n\n**[⬆ Back to Top](#table-of-contents)**\n\n## Disclaimer\n\nNothing is promised.\n",
    dialects: ["heading-in-list"],
    questions: ["filled: What is a ref?", "empty: What is a key?"],
  },
  {
    name: "list items with a two-part placeholder",
    text: "1. ### What is RAG?\n\n   <!-- TODO: Add answer -->\n   _Answer coming soon..._\n\n2. ### What is a token?\n\n   <!-- TODO: Add answer -->\n   _Answer coming soon..._\n",
    dialects: ["heading-in-list"],
    questions: ["placeholder: What is RAG?", "placeholder: What is a token?"],
  },
  {
    name: "folded questions, one over several lines with code, one unfinished, one nested in bold",
    text: "<details>\n<summary>What is a pod?</summary><br><b>\n\nA group.\n</b></details>\n\n<details>\n<summary>What does this print?\n\n```sh\n# echo\n```\n</summary><br><b>\n</b></details>\n\n<details>\n<summary>Explain DNS</summary><br><b>\n\nNames to numbers.\n\nTODO: add records\n</b></details>\n\n<details>\n<summary>What is ARP?</summary></details>\n",
    dialects: ["details-summary"],
    questions: [
      "filled: What is a pod?",
      "empty: What does this print? ```sh # echo ```",
      "partial: Explain DNS",
      "empty: What is ARP?",
    ],
  },
  {
    name: "bullets with follow-ups under front matter, nothing answered",
    path: "src/questions/css-questions.md",
    text: "---\ntitle: CSS Questions\n---\n\n* What is a float?\n* How do you hide content?\n  * What else would you try?\n* Describe z-index.\n* Are you familiar with SVG?\n* What's the difference between inline and block?\n",
    dialects: ["bullets"],
    questions: [
      "empty: What is a float?",
      "empty: How do you hide content? * What else would you try?",
      "empty: Describe z-index.",
      "empty: Are you familiar with SVG?",
      "empty: What's the difference between inline and block?",
    ],
  },
  {
    name: "bullets whose words link to a page, or to a file that holds no questions",
    path: "src/questions/css-questions.md",
    text: "* [What is a float?](https://example.org/float.md)\n* [How do you hide content?](hide.html)\n* What is [z-index](z.md)?\n* Are you familiar with SVG?\n* What is a block?\n",
    dialects: ["bullets"],
    questions: [
      "empty: [What is a float?](https://example.org/float.md)",
      "empty: [How do you hide content?](hide.html)",
      "empty: What is [z-index](z.md)?",
      "empty: Are you familiar with SVG?",
      "empty: What is a block?",
    ],
  },
  {
    name: "ticked choices, one question without a tick, choices given as code",
    text: "#### Q1. Which type is immutable?\n\n- [ ] list\n- [x] tuple\n\n[reference](https://example.org)\n\n#### Q42.b. Which of these compiles?\n\n- [ ] A\n\n```c\n#### Q9. not one\n```\n\n- [ ] B\n\n```c\nint b;\n```\n\n#### Q3. Which is a queue?\n\n- [x] FIFO\n- [ ] LIFO\n\n**Explanation:** first in, first out\n",
    dialects: ["q-heading"],
    questions: ["filled: Which type is immutable?", "choice: Which of these compiles?", "filled: Which is a queue?"],
  },
  {
    name: "plain headings with ticked choices",
    text: "# Practice\n\n### A company needs a queue. Which service fits?\n\n- [x] SQS.\n- [ ] EC2.\n\n### An app must send mail.\n\n- [ ] SNS.\n- [x] SES.\n",
    dialects: ["choices"],
    questions: ["filled: A company needs a queue. Which service fits?", "filled: An app must send mail."],
  },
  {
    name: "bold questions with level marks between rules of HTML",
    text: "# Theory\n\n## Trees\n\n**What is a tree? 👶**\n\n**Bias** is one thing.\n\n<br/>\n\n**Precision-recall trade-off ⭐️**\n\nAnswer here\n\n<br/>\n\n## Text\n\n**How large should\nN be? 🚀**\n\nAnswer here\n\n<br/>\n\n**Why stem? 👶**\n\nTo group.\n\n**What is a token? 👶**\n\nA word.\n",
    dialects: ["bold-question"],
    questions: [
      "filled: What is a tree?",
      "placeholder: Precision-recall trade-off",
      "placeholder: How large should N be?",
      "filled: Why stem?",
      "filled: What is a token?",
    ],
  },
  {
    name: "bold numbered lines with the answer right below",
    text: "# Go\n\n**Q1: What is a slice?**\nA view of an array.\n\n**Q2: What is a map?**\n\n**Q3: What is a channel?** A typed pipe.\n",
    dialects: ["bold-numbered"],
    questions: ["filled: What is a slice?", "empty: What is a map?", "filled: What is a channel?"],
  },
  {
    name: "stacked headings that share one placeholder",
    text: '## Q. What is a stream?\n#### Q. What is a spliterator?\n#### Q. What is a collector?\n\n*ToDo*\n\n<div align="right">\n    <b><a href="#top">↥ back to top</a></b>\n</div>\n\n## Q. What is a lambda?\n\nA function.\n',
    dialects: ["q-heading"],
    questions: [
      "empty: What is a stream?",
      "empty: What is a spliterator?",
      "placeholder: What is a collector?",
      "filled: What is a lambda?",
    ],
  },
  {
    name: "Q. and A. with letters in bold",
    text: "## Q. What is middleware?\n\n**A.** A chain.\n\n## Q. What is Kestrel?\n\n**A.**\n",
    dialects: ["q-heading"],
    questions: ["filled: What is middleware?", "empty: What is Kestrel?"],
  },
  {
    name: "closed headings with a bare marker",
    text: "# Deep Learning #\n\n* [Q1: What is dropout?](https://example.org)\n\n### Q1: What is dropout? ###\n\nAnswer: Noise.\n\n##  Q2: What is a GAN?\nAnswers:\n\n## Q3: Why normalise? ##\nAnswer:\n",
    dialects: ["q-heading"],
    questions: ["filled: What is dropout?", "empty: What is a GAN?", "empty: Why normalise?"],
  },
  {
    name: "plain headings with a contents list and a footer link",
    text: "## [Main title](../README.md)\n### [Questions](full.md)\n\n# Apache Impala\n+ [What is Impala?](#what-is-impala)\n\n## What is Impala?\nAn engine.\n\n[Table of Contents](#apache-impala)\n\n## Does it cache?\n\n[Table of Contents](#apache-impala)\n\n## Is there a dual table?\nNo.\n\n## How are joins performed?\nIn memory.\n",
    dialects: ["heading"],
    questions: [
      "filled: What is Impala?",
      "empty: Does it cache?",
      "filled: Is there a dual table?",
      "filled: How are joins performed?",
    ],
  },
  {
    name: "plain headings with a list of sources under each",
    text: "## React\n\n### What is a ref?\n\nA handle.\n\n###### Source\n\n* https://example.org\n\n[[↑] Back to top](#React)\n### What do you like about it?\n\n\n\n###### Source\n\n* https://example.org\n\n[[↑] Back to top](#React)\n### What is a key?\n\nA name.\n\n### What is a hook?\n\nA function.\n",
    dialects: ["heading"],
    questions: [
      "filled: What is a ref?",
      "empty: What do you like about it?",
      "filled: What is a key?",
      "filled: What is a hook?",
    ],
  },
  {
    name: "one question a file, with markers and comments below",
    path: "questions/this.md",
    text: "### What is `this`?\n\n#### Answer\n\nThe receiver.\n\n##### In functions\n\nThe caller's.\n\n#### Good to hear\n\n* binding\n\n<!-- tags: (js) -->\n",
    dialects: ["heading"],
    questions: ["filled: What is `this`?"],
  },
  {
    name: "numbered items with folded answers inside",
    text: "# Exam 1\n\n1. Which service stores objects?\n    - A. S3\n    - B. EC2\n\n    <details markdown=1><summary markdown='span'>Answer</summary>\n      Correct answer: A\n    </details>\n\n2. Which service sends mail?\n    - A. SES\n    - B. EBS\n\n    <details markdown=1><summary markdown='span'>Answer</summary>\n    </details>\n",
    dialects: ["listed"],
    questions: ["filled: Which service stores objects?", "choice: Which service sends mail?"],
  },
  {
    name: "graded list items at two depths",
    text: "#### 8.1 Questions\n\n1. [E] What are the assumptions of regression?\n1. Feature selection.\n    1. [E] Why select?\n    1. [M] Name algorithms.\n1. [H] Is $k$ optimal?\n",
    dialects: ["graded-list"],
    questions: [
      "empty: What are the assumptions of regression?",
      "empty: Why select?",
      "empty: Name algorithms.",
      "empty: Is $k$ optimal?",
    ],
  },
  {
    name: "titles whose bodies ask",
    text: "# Back-End Questions\n\n### [[↑]](#toc) <a name='patterns'>Patterns</a>\n\n#### Globals Are Evil\nWhy are global objects evil?\n\n#### Inversion of Control\nTell me about it. What does it improve?\n\n#### Active-Record\nWhat are the limits of Active-Record?\n\n#### Data-Mapper\nHow does it differ from Active-Record?\n\n#### Billion Dollar Mistake\nTony Hoare said:\n\n> I call it my mistake.\n\nWhich techniques avoid it?\n",
    dialects: ["heading-body"],
    questions: [
      "empty: Why are global objects evil?",
      "empty: Tell me about it. What does it improve?",
      "empty: What are the limits of Active-Record?",
      "empty: How does it differ from Active-Record?",
      "empty: Tony Hoare said: > I call it my mistake. Which techniques avoid it?",
    ],
  },
  {
    name: "the file's name asks",
    path: "Android/What do you know about Intents.md",
    text: "# Intent\nA message.\n\n## Types\nTwo.\n",
    dialects: ["file"],
    questions: ["filled: What do you know about Intents"],
  },
  {
    name: "the front matter asks",
    path: "questions/closure/en-US.mdx",
    text: "---\ntitle: What is a closure?\n---\n\n## TL;DR\n\nA function with its scope.\n\n## What is it for?\n\nState.\n",
    dialects: ["front-matter-file"],
    questions: ["filled: What is a closure?"],
  },
  {
    name: "headings that say no more than question and answer",
    text: "## Question\n\nWhich lock is fair?\n\n## Answer\n\nA ticket lock.\n\n## Question\n\nWhich one spins?\n\n## Answer\n",
    dialects: ["headed"],
    questions: ["filled: Which lock is fair?", "empty: Which one spins?"],
  },
  {
    name: "folded parts inside an answer",
    text: "### Q1. What is a trie?\n\n**Answer:**\n\nA tree.\n\n<details><summary>Code</summary>\n\n```js\n1;\n```\n\n</details>\n\n### Q2. What is a heap?\n\n**Answer:**\n",
    dialects: ["q-heading"],
    questions: ["filled: What is a trie?", "empty: What is a heap?"],
  },
  {
    name: "Q: and A: lines",
    text: "# Notes\n\nQ: What is a mutex?\nA: A lock.\n\nQ: What is a semaphore?\nA: TBD\n\nQ: What is a barrier?\nA:\n",
    dialects: ["qa-lines"],
    questions: ["filled: What is a mutex?", "placeholder: What is a semaphore?", "empty: What is a barrier?"],
  },
  {
    name: "flashcards on one line",
    text: "#flashcards\n\nWhat is a monad?::A monoid.\nWhat is a functor?::\nWhat is `std::move`?\n",
    dialects: ["obsidian"],
    questions: ["filled: What is a monad?", "empty: What is a functor?"],
  },
  {
    name: "flashcards over several lines",
    text: "#flashcards\n\nWhat is a monad?\n?\nA monoid.\n\nWhat is a functor?\n?\n",
    dialects: ["obsidian-lines"],
    questions: ["filled: What is a monad?", "empty: What is a functor?"],
  },
  {
    name: "two layouts in one file, each with its own proof",
    text: "# XAI\n\n1. What is XAI?\n\n**Answer:**\nMethods:\n1. **Global**: all\n2. **Local**: one\n\n---\n\n2. Why explain?\n\n**Answer (Scenario-Based):**\nFor trust.\n\n---\n\n## Question 1\n\n**What is SHAP?**\n\n**Answer:** _To be filled_\n\n## Question 2\n\n**What is LIME?**\n\n**Answer:** _To be filled_\n",
    dialects: ["headed", "listed"],
    questions: [
      "filled: What is XAI?",
      "filled: Why explain?",
      "placeholder: What is SHAP?",
      "placeholder: What is LIME?",
    ],
  },
  {
    name: "headed questions whose answers are full of numbered sub-headings that ask",
    text: "## Question 1\n\n**What is a sample?**\n\n---\n\n### 1. Definition\nA part.\n\n### 2. Why samples?\nCheap.\n\n### 3. When?\nOften.\n\n---\n\n## Question 2\n\n**What is bias?**\n\n### 1. What is it?\nAn error.\n\n### 2. Why care?\nTruth.\n",
    dialects: ["headed"],
    questions: ["filled: What is a sample?", "filled: What is bias?"],
  },
  {
    name: "choices under numbered headings in another language",
    text: "# Sorular\n\n###### 1. Çıktısı nedir?\n\n```js\nf();\n```\n\n- A: bir\n- B: iki\n\n<details><summary><b>Cevap</b></summary>\n<p>\n\n#### Cevap: B\n\nÇünkü.\n\n</p>\n</details>\n\n---\n\n###### <a name=20190629></a>2. Ne döndürür?\n\n- A: bir\n- B: iki\n\n<details><summary><b>Cevap</b></summary>\n<p>\n\n</p>\n</details>\n",
    dialects: ["numbered-heading"],
    questions: ["filled: Çıktısı nedir?", "choice: Ne döndürür?"],
  },
  {
    name: "abbreviated answer labels with dashes, full stops and numbers",
    text: "Q1. What is a class?\nAns. A blueprint.\n\nQ2) What is a view?\nAns-\n\nQ3. What is a cursor?\nAns:-\n\nQuestion 4: Why test?\n\nAnswer 4: TBD\n\nQ5: What is a join?\nSol - A product that is filtered.\n",
    dialects: ["qa-lines"],
    questions: [
      "filled: What is a class?",
      "empty: What is a view?",
      "empty: What is a cursor?",
      "placeholder: Why test?",
      "filled: What is a join?",
    ],
  },
  {
    name: "answers as the list item below the question",
    text: "- **Q: What is CI?**\n  - A: Merging often.\n- **Q: What is CD?**\n  - A:\n- **Q: What is GitOps?**\n  - A: TODO\n",
    dialects: ["qa-lines"],
    questions: ["filled: What is CI?", "empty: What is CD?", "placeholder: What is GitOps?"],
  },
  {
    name: "numbers and answer labels of emoji",
    text: "## 1️⃣ What is a topic?\n\n✅ **Answer:** A log.\n\n## 2️⃣ What is an offset?\n\n✅ **Answer:**\n\n## 🔟 What is a group?\n\n👉 Answer: TODO\n",
    dialects: ["heading"],
    questions: ["filled: What is a topic?", "empty: What is an offset?", "placeholder: What is a group?"],
  },
  {
    name: "Chinese numbers, labels and placeholders",
    text: "# Java 面试题\n\n## 1、什么是多态？\n\n**答：** 多种实现。\n\n## 2、什么是反射？\n\n**答：**\n\n## 3．解释垃圾回收\n\n**参考答案**：待补充\n",
    dialects: ["numbered-heading"],
    questions: ["filled: 什么是多态？", "empty: 什么是反射？", "placeholder: 解释垃圾回收"],
  },
  {
    name: "question words of other languages in headings",
    text: "## 質問1: クロージャとは何ですか？\n\n回答: 関数です。\n\n## السؤال 2: ما هو DNS؟\n\nالإجابة:\n\n## प्रश्न 3: ऐरे क्या है?\n\nउत्तर:\n\n## Câu 4: Kế thừa là gì?\n\nTrả lời: Đang cập nhật\n",
    dialects: ["headed"],
    questions: [
      "filled: クロージャとは何ですか？",
      "empty: ما هو DNS؟",
      "empty: ऐरे क्या है?",
      "placeholder: Kế thừa là gì?",
    ],
  },
  {
    name: "question words of other languages in bold",
    text: "**Вопрос 1.** Что такое декоратор?\n\n**Ответ:** Функция.\n\n**Вопрос 2.** Что такое GIL?\n\n**Ответ:**\n\n**Câu 3: Kế thừa là gì?**\n\nTrả lời:\n",
    dialects: ["qa-lines"],
    questions: ["filled: Что такое декоратор?", "empty: Что такое GIL?", "empty: Kế thừa là gì?"],
  },
  {
    name: "question and answer labels of other languages on lines",
    text: "问：什么是锁？\n答：互斥。\n\n问：什么是栅栏？\n答：\n\nQ：什么是信号量？\nA：未回答\n",
    dialects: ["qa-lines"],
    questions: ["filled: 什么是锁？", "empty: 什么是栅栏？", "placeholder: 什么是信号量？"],
  },
  {
    name: "placeholders of other languages",
    text: "### 1. Qu'est-ce qu'un tag ?\n\nÀ compléter\n\n### 2. Was ist ein Hub?\n\n_Antwort folgt_\n\n### 3. ¿Qué es un índice?\n\n_Pendiente_\n\n### 4. 什么是 stash？\n\n（待补充）\n\n### 5. 데드락이란?\n\n작성 예정\n\n### 6. Что такое GIL?\n\nОтвет будет добавлен\n\n### 7. O que é herança?\n\nA fazer\n",
    dialects: ["numbered-heading"],
    questions: [
      "placeholder: Qu'est-ce qu'un tag ?",
      "placeholder: Was ist ein Hub?",
      "placeholder: ¿Qué es un índice?",
      "placeholder: 什么是 stash？",
      "placeholder: 데드락이란?",
      "placeholder: Что такое GIL?",
      "placeholder: O que é herança?",
    ],
  },
  {
    name: "a bold letter before answers under numbered headings",
    text: "### 1. O que é a JVM?\n\n**R:** Uma máquina.\n\n### 2. O que é herança?\n\n**R:**\n\n### 3. What is a map?\n\n**A:**\n",
    dialects: ["numbered-heading"],
    questions: ["filled: O que é a JVM?", "empty: O que é herança?", "empty: What is a map?"],
  },
  {
    name: "choices that begin with the letter of answers",
    text: "### Q1. Which type is immutable?\n\nA: list\nB: tuple\n\n### Q2. Which is a queue?\n\n**A:** FIFO\n\n**B:** LIFO\n\n**Answer:** A\n",
    dialects: ["q-heading"],
    questions: ["choice: Which type is immutable?", "filled: Which is a queue?"],
  },
  {
    name: "questions in callouts, answers in the same quote, in a nested one, or beside it",
    text: "> [!question] What is TCP?\n> A stream.\n\n> [!question] What does ARP do?\n>\n\n> [!question]- How does NAT work?\n\n> [!faq] Why does UDP lose?\n> TODO\n\n> [!question] What is QUIC?\n>> [!answer]-\n>> Streams on UDP.\n\n> [!question] What is TLS?\n\nSecrecy.\n",
    dialects: ["callout"],
    questions: [
      "filled: What is TCP?",
      "placeholder: What does ARP do?",
      "empty: How does NAT work?",
      "placeholder: Why does UDP lose?",
      "filled: What is QUIC?",
      "filled: What is TLS?",
    ],
  },
  {
    name: "questions in admonitions, answers indented below",
    text: '# Kubernetes\n\n??? question "What is a Pod?"\n    The smallest unit.\n\n    ```yaml\n    # What is this?\n    kind: Pod\n    ```\n\n??? question "What is a DaemonSet?"\n\n???+ question "Why use a StatefulSet?"\n    TBD\n',
    dialects: ["admonition"],
    questions: ["filled: What is a Pod?", "empty: What is a DaemonSet?", "placeholder: Why use a StatefulSet?"],
  },
  {
    name: "answers in admonitions, callouts, directives and shortcodes",
    text: '## 1. What is a mode?\n\n??? success "Answer"\n    Bits.\n\n## 2. What is an inode?\n\n??? success "Answer"\n    TODO\n\n## 3. What is a zombie?\n\n!!! answer\n\n## 4. What is a lock?\n\n> [!success]- Answer\n> One holder.\n\n## 5. What is a latch?\n\n> [!tip]- Answer\n\n## 6. What is a hook?\n\n:::tip Answer\n\nA function.\n\n:::\n\n## 7. What is a memo?\n\n::: details Show the answer\n\n:::\n\n## 8. What is a ref?\n\n:::note[Answer]\nComing soon\n:::\n\n## 9. What is a map?\n\n{{< expand "Answer" >}}\n{{< /expand >}}\n\n## 10. What is a slice?\n\n{% details Answer %}\nA view.\n{% enddetails %}\n',
    dialects: ["numbered-heading"],
    questions: [
      "filled: What is a mode?",
      "placeholder: What is an inode?",
      "empty: What is a zombie?",
      "filled: What is a lock?",
      "empty: What is a latch?",
      "filled: What is a hook?",
      "empty: What is a memo?",
      "placeholder: What is a ref?",
      "empty: What is a map?",
      "filled: What is a slice?",
    ],
  },
  {
    name: "questions underlined with dashes, beside paragraphs that ask above a rule",
    text: "Rust quiz\n=========\n\nWhat is ownership?\n------------------\n\nOne owner.\n\nWhy does that matter?\n\n------------------\n\nWhat is borrowing?\n------------------\n\nHow do traits work?\n-------------------\n\nTODO\n",
    dialects: ["underlined"],
    questions: ["filled: What is ownership?", "empty: What is borrowing?", "placeholder: How do traits work?"],
  },
  {
    name: "the mark of a quote, a list or a fence with nothing in it, and footnotes",
    text: "## 1. What is a lock?\n\n>\n\n## 2. What is a latch?\n\n-\n\n## 3. What is a fence?\n\n```\n\n```\n\n## 4. What is a queue?\n\n> [!NOTE]\n> TODO\n\n## 5. What is a stack?\n\n- One\n-\n\n## 6. What prints this?\n\n    print()\n\n## 7. What is a heap?\n\n[^1]: Asked often.\n[docs]: https://example.invalid\n",
    dialects: ["numbered-heading"],
    questions: [
      "placeholder: What is a lock?",
      "placeholder: What is a latch?",
      "placeholder: What is a fence?",
      "placeholder: What is a queue?",
      "filled: What is a stack?",
      "filled: What prints this?",
      "empty: What is a heap?",
    ],
  },
  {
    name: "a placeholder above an answer, below it, and several with nothing else",
    text: "## 1. What is a lock?\n\nTODO\n\nOne holder.\n\n## 2. What is a latch?\n\nA gate.\n\nTODO\n\n## 3. What is a fence?\n\nTODO\n\n_To be filled_\n\n## 4. What is a queue?\n\nOne after another.\n",
    dialects: ["numbered-heading"],
    questions: [
      "partial: What is a lock?",
      "partial: What is a latch?",
      "placeholder: What is a fence?",
      "filled: What is a queue?",
    ],
  },
  {
    name: "all questions folded together under a title that speaks of answers",
    text: "<details>\n<summary>Questions and answers</summary>\n\n## The event loop\n\n**Answer:** It turns.\n\n## The call stack\n\n**Answer:**\n\n</details>\n",
    dialects: ["heading"],
    questions: ["filled: The event loop", "empty: The call stack"],
  },
  {
    name: "headings inside answers that are folded",
    text: "### The event loop\n\n<details>\n<summary>Show answer</summary>\n\nIt turns.\n\n</details>\n\n### What is hoisting?\n\n<details>\n<summary>Show answer</summary>\n\nMoves up.\n\n### In modules\n\n<details>\n<summary>More</summary>\n\n</details>\n\nToo.\n\n</details>\n\n### What is a closure?\n\n:::tip Answer\n\nA function.\n\n### Its variables\n\n:::\n\n### How is this bound?\n\n<details>\n<summary>Show answer</summary>\n\n### Why is == odd?\n\n### The module pattern\n",
    dialects: ["heading"],
    questions: [
      "filled: The event loop",
      "filled: What is hoisting?",
      "filled: What is a closure?",
      "empty: How is this bound?",
      "empty: Why is == odd?",
      "empty: The module pattern",
    ],
  },
  {
    name: "lists below bullets: follow-ups that ask, and answers that do not",
    text: "# Node interview questions\n\n- What is Node?\n  - A runtime.\n  - Why is it fast?\n- What is npm?\n- What is a module?\n  - TODO\n- Explain streams.\n  - What are their kinds?\n  - Back pressure\n- How do you debug?\n  - With a debugger.\n",
    dialects: ["bullets"],
    questions: [
      "filled: What is Node?",
      "empty: What is npm?",
      "placeholder: What is a module?",
      "empty: Explain streams. - What are their kinds? - Back pressure",
      "filled: How do you debug?",
    ],
  },
  {
    name: "answers beside bold questions in a list",
    text: "# Node interview questions\n\n- **What is Node?** A runtime.\n- **What is npm?**\n- **What is a module?** A file.\n- What is **a stream**?\n- **How do you debug?** TODO\n",
    dialects: ["bullets"],
    questions: [
      "filled: What is Node?",
      "empty: What is npm?",
      "filled: What is a module?",
      "empty: What is **a stream**?",
      "placeholder: How do you debug?",
    ],
  },
  {
    name: "a numbered list of bold questions",
    text: "1. **What is an event loop?**\n\n   It runs callbacks.\n\n2. **What is a stream?**\n\n3. **What is a buffer?**\n\n   TODO\n\n4. **Why is it single threaded?** For simplicity.\n",
    dialects: ["listed-bold"],
    questions: [
      "filled: What is an event loop?",
      "empty: What is a stream?",
      "placeholder: What is a buffer?",
      "filled: Why is it single threaded?",
    ],
  },
  {
    name: "numbered lists of bold questions inside the answers to headings that ask",
    text: "## What is a lock?\n\n1. **What does it hold?** One place.\n2. **Who holds it?** One thread.\n3. **How long?** Not long.\n\n## 2. What is a latch?\n\n1. **What does it hold?** All.\n2. **Who holds it?** Nobody.\n3. **How long?** Once.\n\n## Why a fence?\n\n1. **What is ordered?** Memory.\n2. **By whom?** The processor.\n\n## How do queues work?\n\nOne after another.\n",
    dialects: ["heading"],
    questions: [
      "filled: What is a lock?",
      "filled: 2. What is a latch?",
      "filled: Why a fence?",
      "filled: How do queues work?",
    ],
  },
  {
    name: "numbered lists of bold questions inside the answers to numbered headings",
    text: "# Interview questions\n\n## 1. Explain the lock\n\n1. **What does it hold?** One place.\n2. **Who holds it?** One thread.\n3. **How long?** Not long.\n\n## 2. Explain the latch\n\n1. **What does it hold?** All.\n2. **Who holds it?** Nobody.\n3. **How long?** Once.\n\n## 3. Explain the fence\n",
    dialects: ["numbered-heading"],
    questions: ["filled: Explain the lock", "filled: Explain the latch", "empty: Explain the fence"],
  },
  {
    name: "numbers that a formatter escaped",
    text: "### 1\\. What is Node?\n\nA runtime.\n\n### 2\\. What is npm?\n\n### 3\\. What is a module?\n\nA file.\n",
    dialects: ["numbered-heading"],
    questions: ["filled: What is Node?", "empty: What is npm?", "filled: What is a module?"],
  },
  {
    name: "Q.7, Q#7 and stars of difficulty, and a text that begins with a number",
    text: "## Q.1 What is Node? ☆\n\nA runtime.\n\n## Q#2 What is npm? ★★☆\n\n## Q.3 Explain modules. ☆☆\n\nFiles.\n\n## Q. 2 ways to export?\n",
    dialects: ["q-heading"],
    questions: ["filled: What is Node?", "empty: What is npm?", "filled: Explain modules.", "empty: 2 ways to export?"],
  },
  {
    name: "headings that hold a number alone, the question in the line below",
    text: "### Q1\n\nWhat is Node?\n\n#### Answer\n\nA runtime.\n\n### Q2:\n\nWhat is npm?\n\n#### Answer\n\n### Q3\n\nExplain modules.\n\n#### Answer\n\nTODO\n",
    dialects: ["headed"],
    questions: ["filled: What is Node?", "empty: What is npm?", "placeholder: Explain modules."],
  },
  {
    name: "Q) in bold",
    text: "**Q) What is Node?**\n\nA runtime.\n\n**Q) What is npm?**\n\n**Q) What is a module?**\n\nA file.\n",
    dialects: ["bold-numbered"],
    questions: ["filled: What is Node?", "empty: What is npm?", "filled: What is a module?"],
  },
  {
    name: "Q7 and a dash, A and a full stop, choices that begin with A",
    text: "Q1 - What is Node?\nAns : A runtime.\n\nQ2 - What is npm?\nA.\n\nQ3. What is a module?\n\nA. A file.\n\nQ4. Which is a queue?\nA. FIFO\nB. LIFO\nAnswer: A\n",
    dialects: ["qa-lines"],
    questions: [
      "filled: What is Node?",
      "empty: What is npm?",
      "filled: What is a module?",
      "filled: Which is a queue?",
    ],
  },
  {
    name: "points of an exam before and after the text",
    text: "# Midterm exam\n\n1. (10 points) Explain the event loop.\n2. What is npm? [5 marks]\n3. (2.5 pts) What is a module?\n4. Describe streams. (5 points)\n5. What is a buffer?\n",
    dialects: ["bullets"],
    questions: [
      "empty: Explain the event loop.",
      "empty: What is npm?",
      "empty: What is a module?",
      "empty: Describe streams.",
      "empty: What is a buffer?",
    ],
  },
  {
    name: "something folded with nothing in it",
    text: "## Q: What is Node?\n\n<details>\n  <summary>Click to reveal</summary>\n\n  A runtime.\n\n</details>\n\n## Q: What is npm?\n\n<details>\n  <summary>Click to reveal</summary>\n\n</details>\n",
    dialects: ["q-heading"],
    questions: ["filled: What is Node?", "placeholder: What is npm?"],
  },
];

describe("layouts found without configuration", () => {
  test.each(LAYOUTS)("$name", ({ path = "bank/file.md", text, dialects, questions }) => {
    const file = readBankFile(path, new TextEncoder().encode(text), config);
    expect({
      dialects: file.dialects,
      questions: file.questions.map((question) => `${question.state}: ${question.text}`),
    }).toEqual({ dialects, questions });
  });
});

const NO_BANKS: readonly (readonly [name: string, path: string, text: string])[] = [
  [
    "a project's front page",
    "README.md",
    "# Tool\n\n## What is it?\n\nA tool.\n\n## Installation\n\n1. Get it.\n2. Run it.\n\n## Usage\n\n## How to contribute\n\n## License\n\nMIT\n",
  ],
  [
    "numbered notes",
    "notes/git.md",
    "# Git\n\n## 1. Introduction\n\nText.\n\n## 2. Branches\n\n### 1. Create\n\n## 3. Why rebase\n\nTidy.\n",
  ],
  ["quarterly figures", "reports/2025.md", "# Report\n\n## Q1 2025 results\n\nUp.\n\n## Q2 2025 results\n\nDown.\n"],
  [
    "a tutorial in bold steps",
    "docs/start.md",
    "# Start\n\n**1. Install**\n\nDo.\n\n**2. Configure**\n\nDo.\n\n**3. Run**\n\nDo.\n",
  ],
  [
    "an interface description",
    "docs/api.md",
    "# API\n\n### parse(text, options?)\n\n### print(tree, options?)\n\n### walk(tree, visit?)\n\n### find(tree, test?)\n",
  ],
  [
    "folded details of a changelog",
    "CHANGELOG.md",
    "# Log\n\n<details><summary>Show more</summary>\n\nx\n\n</details>\n\n<details><summary>Types of changes</summary>\n\nx\n\n</details>\n",
  ],
  [
    "an index of links",
    "README.md",
    "# Questions\n\n1. [What is a ref?](#what-is-a-ref)\n2. [What is a key?](#what-is-a-key)\n3. [What is a hook?](#a)\n4. [What is a fiber?](#b)\n5. [What is a portal?](#c)\n",
  ],
  [
    "a short list of questions",
    "Resume Questions.md",
    "# Resume Questions #\n\n* Q1: Which project are you proud of?\n* Q2: Which one failed?\n",
  ],
  [
    "questions in code",
    "notes/format.md",
    "# Format\n\n```md\n## Question 1\n\n**What is a lock?**\n\n**Answer:** _[To be filled]_\n```\n",
  ],
  [
    "an index of the questions of other files",
    "content/interview-questions.md",
    "## [Main title](../README.md)\n\n+ [Hadoop](#hadoop)\n\n## Hadoop\n+ [What is HDFS?](hadoop.md#What-is-HDFS)\n+ [What is Issplitable()?](hadoop.md#What-is-Issplitable())\n+ [Why do we use `fsck`?](./hadoop.md#why-fsck)\n1. [When is a node full?](../nodes/full.mdx)\n+ [What is YARN?](#what-is-yarn)\n+ [How does it end?](hadoop.md#How-does-it-end).\n",
  ],
  [
    "an index under one heading a topic",
    "content/full.md",
    ["Hadoop", "Avro", "Hive", "Kafka", "Spark"]
      .map((topic) => `## ${topic}\n+ [What is ${topic}?](${topic}.md#What)\n+ [Why ${topic}?](${topic}.md#Why)\n`)
      .join("\n"),
  ],
  [
    "what a repository says of itself",
    "docs/CONTRIBUTING.md",
    "## How do I add a question?\n\nSo.\n\n## What style do we use?\n\nShort.\n\n## How do I check?\n\nRun it.\n\n## Who reviews?\n\nUs.\n",
  ],
  [
    "a guide with headings underlined",
    "doc/bugs.md",
    "Where to send\n-------------\nTo the list.\n\nWhat to send\n------------\nA report.\n\nCode structure\n--------------\nFlat.\n",
  ],
  ["nothing", "empty.md", ""],
];

describe("files that are no banks", () => {
  test.each(NO_BANKS)("%s", (_name, path, text) => {
    const file = readBankFile(path, new TextEncoder().encode(text), config);
    expect({ by: file.chosenBy, questions: file.questions.map((question) => question.text) }).toEqual({
      by: "none",
      questions: [],
    });
  });
});
