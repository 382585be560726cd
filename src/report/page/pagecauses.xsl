<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- The causes and what they are weighed by.  Included by report.xsl. -->
<xsl:stylesheet version="1.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:w="urn:wmsdiff:report:1"
                xmlns:d="http://www.forensicswiki.org/wiki/Category:Digital_Forensics_XML"
                xmlns:r="http://www.forensicswiki.org/wiki/RegXML"
                xmlns:delta="http://www.forensicswiki.org/wiki/Forensic_Disk_Differencing"
                exclude-result-prefixes="w d r delta">

 <xsl:template name="causes">
  <xsl:if test="w:series/w:diagnosis">
   <section id="page-causes" aria-labelledby="page-causes-h">
    <h2 id="page-causes-h">Causes that were weighed</h2>
    <p>Facts are read from the evidence; a cause is inferred. The grade follows from the conditions by the rule in wmsdiff(1); hints do not count.</p>
    <xsl:for-each select="w:series/w:diagnosis"><xsl:call-template name="diagnosis"/></xsl:for-each>
   </section>
  </xsl:if>
 </xsl:template>

 <xsl:template name="diagnosis">
  <article id="{@id}">
   <h3>
    <bdi><xsl:value-of select="@cause"/></bdi>
    <xsl:text> </xsl:text>
    <xsl:call-template name="badge"><xsl:with-param name="word" select="@grade"/></xsl:call-template>
    <xsl:if test="count(../w:comparison) &gt; 1"><span class="dim"> of <bdi><xsl:value-of select="@comparison"/></bdi></span></xsl:if>
    <xsl:call-template name="whose"/>
   </h3>
   <p><bdi><xsl:value-of select="@says"/></bdi>.</p>
   <xsl:if test="w:condition">
    <details>
     <xsl:if test="@grade = 'supported'"><xsl:attribute name="open">open</xsl:attribute></xsl:if>
     <summary>
      <!-- As in the grade, hints do not count, nor what is expected and not denied. -->
      <xsl:variable name="hints" select="count(w:condition[@weight = 'hint' or (@weight = 'expected' and @state != 'not_met')])"/>
      <xsl:text>Conditions: </xsl:text>
      <xsl:value-of select="@met"/><xsl:text> for, </xsl:text>
      <xsl:value-of select="@not_met"/><xsl:text> against, </xsl:text>
      <xsl:value-of select="@unknown"/><xsl:text> unknown</xsl:text>
      <xsl:if test="$hints">
       <xsl:text>; </xsl:text>
       <xsl:call-template name="many">
        <xsl:with-param name="n" select="$hints"/>
        <xsl:with-param name="of" select="'hint'"/>
       </xsl:call-template>
      </xsl:if>
     </summary>
     <table>
      <caption>Conditions of <bdi><xsl:value-of select="@cause"/></bdi></caption>
      <thead><tr><th scope="col">Condition</th><th scope="col">State</th><th scope="col">Weight</th><th scope="col">What was seen, and where</th></tr></thead>
      <tbody><xsl:apply-templates select="w:condition"/></tbody>
     </table>
    </details>
   </xsl:if>
   <xsl:if test="w:advice">
    <details>
     <summary>What to do if this is the cause (<xsl:value-of select="count(w:advice)"/>)</summary>
     <ol><xsl:for-each select="w:advice"><li><bdi><xsl:call-template name="options"><xsl:with-param name="text" select="."/></xsl:call-template></bdi></li></xsl:for-each></ol>
    </details>
   </xsl:if>
  </article>
 </xsl:template>

 <xsl:template match="w:condition">
  <tr>
   <th scope="row" data-label="Condition"><bdi><xsl:value-of select="@says"/></bdi></th>
   <td data-label="State"><xsl:call-template name="badge"><xsl:with-param name="word" select="@state"/></xsl:call-template></td>
   <td data-label="Weight"><xsl:value-of select="@weight"/><span class="dim">, <xsl:value-of select="@basis"/></span></td>
   <td data-label="What was seen">
    <xsl:if test="@detail"><bdi><xsl:value-of select="@detail"/></bdi></xsl:if>
    <xsl:if test="@decided_by"><xsl:text> would be decided by: </xsl:text><bdi><xsl:value-of select="@decided_by"/></bdi></xsl:if>
    <xsl:if test="w:evidence">
     <ul class="plain dim">
      <xsl:for-each select="w:evidence">
       <li>
        <bdi><xsl:value-of select="@value"/></bdi>
        <xsl:if test="@input">
         <xsl:text> (</xsl:text>
         <xsl:call-template name="link"><xsl:with-param name="to" select="@input"/></xsl:call-template>
         <xsl:if test="@offset"> at byte <xsl:value-of select="@offset"/></xsl:if>
         <xsl:text>)</xsl:text>
        </xsl:if>
       </li>
      </xsl:for-each>
     </ul>
    </xsl:if>
   </td>
  </tr>
 </xsl:template>
</xsl:stylesheet>
