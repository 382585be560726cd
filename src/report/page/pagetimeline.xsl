<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- The timeline, drawn and as a table.  Included by report.xsl. -->
<xsl:stylesheet version="1.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:w="urn:wmsdiff:report:1"
                xmlns:d="http://www.forensicswiki.org/wiki/Category:Digital_Forensics_XML"
                xmlns:r="http://www.forensicswiki.org/wiki/RegXML"
                xmlns:delta="http://www.forensicswiki.org/wiki/Forensic_Disk_Differencing"
                exclude-result-prefixes="w d r delta">

 <xsl:template name="timeline">
  <xsl:for-each select="w:timeline[1]">
   <section id="page-timeline" aria-labelledby="page-timeline-h">
    <h2 id="page-timeline-h">Timeline</h2>
    <p>Time runs downwards; distances are written, not drawn to scale. A bar is a span in which
     something happened at some moment that is not known; its ends are bounds.</p>
    <div class="chart">
     <div>
      <!-- The room to the left is for bars. -->
      <svg role="img" aria-labelledby="page-chart-title page-chart-desc">
       <xsl:attribute name="viewBox">
        <xsl:value-of select="concat(62 - 12 * count(w:bar), ' 0 ', 318 + 12 * count(w:bar), ' ', @height)"/>
       </xsl:attribute>
       <title id="page-chart-title">Snapshots, lists, deletions and events in the order of time</title>
       <desc id="page-chart-desc">The table beside the drawing says the same in words.</desc>
       <line class="rail" x1="74" y1="8" x2="74" y2="{@height - 8}"/>
       <xsl:apply-templates select="w:bar"/>
       <xsl:apply-templates select="w:row" mode="draw"/>
      </svg>
      <p class="legend">
       <xsl:text>◆ a profile went at that moment (◇ only a log tells) · ▼ ▲ bounds: not before, not after · ■ hive last written · ● list last written · ▮ event</xsl:text>
      </p>
     </div>
     <table>
      <caption>The timeline as a table</caption>
      <thead><tr><th scope="col">Time</th><th scope="col">What</th></tr></thead>
      <tbody>
       <xsl:for-each select="w:row/w:item">
        <tr>
         <th scope="row" data-label="Time"><xsl:call-template name="exact"><xsl:with-param name="at" select="../@time"/></xsl:call-template></th>
         <td data-label="What">
          <xsl:call-template name="link">
           <xsl:with-param name="to" select="@ref"/>
           <xsl:with-param name="text" select="@text"/>
          </xsl:call-template>
         </td>
        </tr>
       </xsl:for-each>
      </tbody>
     </table>
    </div>
    <xsl:if test="../w:input/w:log">
     <p>Entries of a log carry no time of their own: what only a log tells stands at the time of
      the key that it writes, with the number of the entry.</p>
    </xsl:if>
    <xsl:if test="@left &gt; 0">
     <p class="cut"><xsl:value-of select="@left"/> later entries are left out; the XML report has them all.</p>
    </xsl:if>
    <xsl:if test="@bars_left &gt; 0">
     <p class="cut">Spans of <xsl:value-of select="@bars_left"/> more deletions are not drawn.</p>
    </xsl:if>
   </section>
  </xsl:for-each>
 </xsl:template>

 <xsl:template match="w:bar">
  <xsl:variable name="x" select="56 - 12 * @lane"/>
  <xsl:variable name="from">
   <xsl:choose>
    <xsl:when test="@from"><xsl:value-of select="@from - 4"/></xsl:when>
    <xsl:otherwise>4</xsl:otherwise>
   </xsl:choose>
  </xsl:variable>
  <xsl:variable name="to">
   <xsl:choose>
    <xsl:when test="@to &gt; 0"><xsl:value-of select="@to - 4"/></xsl:when>
    <xsl:otherwise><xsl:value-of select="../@height - 8"/></xsl:otherwise>
   </xsl:choose>
  </xsl:variable>
  <line class="bar" x1="{$x}" y1="{$from}" x2="{$x}" y2="{$to}"/>
  <xsl:if test="@from"><line class="end" x1="{$x - 5}" y1="{$from}" x2="{$x + 5}" y2="{$from}"/></xsl:if>
  <xsl:if test="@to &gt; 0"><line class="end" x1="{$x - 5}" y1="{$to}" x2="{$x + 5}" y2="{$to}"/></xsl:if>
 </xsl:template>

 <!-- A row, where pagetimelinerows.c put it: what stands at one second. -->
 <xsl:template match="w:row" mode="draw">
  <xsl:if test="@gap">
   <text class="gap" x="90" y="{@y - 18}"><xsl:value-of select="@gap"/></text>
  </xsl:if>
  <text class="time" x="90" y="{@y}">
   <xsl:value-of select="substring(@time, 1, 10)"/>
   <xsl:text> </xsl:text>
   <xsl:value-of select="substring(@time, 12, 8)"/>
   <xsl:text> UTC</xsl:text>
  </text>
  <xsl:for-each select="w:item">
   <xsl:variable name="y" select="@y - 4"/>
   <xsl:choose>
    <xsl:when test="@kind = 'moment'">
     <path d="M74 {$y - 7} L81 {$y} L74 {$y + 7} L67 {$y} Z">
      <xsl:attribute name="class">
       <xsl:choose><xsl:when test="@log">bound</xsl:when><xsl:otherwise>moment</xsl:otherwise></xsl:choose>
      </xsl:attribute>
     </path>
    </xsl:when>
    <xsl:when test="@kind = 'earliest'">
     <path class="bound" d="M68 {$y - 5} L80 {$y - 5} L74 {$y + 5} Z"/>
    </xsl:when>
    <xsl:when test="@kind = 'latest'">
     <path class="bound" d="M68 {$y + 5} L80 {$y + 5} L74 {$y - 5} Z"/>
    </xsl:when>
    <xsl:when test="@kind = 'snapshot'"><rect class="snapshot" x="68.5" y="{$y - 5}" width="11" height="11"/></xsl:when>
    <xsl:when test="@kind = 'store'"><circle class="store" cx="74" cy="{$y}" r="5"/></xsl:when>
    <xsl:otherwise><rect class="event" x="71" y="{$y - 6}" width="6" height="12"/></xsl:otherwise>
   </xsl:choose>
   <xsl:for-each select="w:line">
    <text x="90" y="{@y}"><xsl:value-of select="@text"/></text>
   </xsl:for-each>
  </xsl:for-each>
 </xsl:template>
</xsl:stylesheet>
